// SPDX-License-Identifier: Apache-2.0
// An edge node with one device, made with the npm package sparkplug-client: node sparkplug-publish.js PORT FILE
// FILE holds { "unborn": [kW], "born": [kW], "start": milliseconds }. The first readings go out by alias before any birth;
// the births only when the host asks for them; the others, by alias, after that.
const fs = require('fs');
const { newClient } = require('sparkplug-client');

const [port, file] = process.argv.slice(2);
const plan = JSON.parse(fs.readFileSync(file, 'utf8'));
const device = 'feeder-meter';
const powerAlias = 7;
let sent = 0;
let born = false;

const client = newClient({
  serverUrl: `mqtt://127.0.0.1:${port}`, username: '', password: '', groupId: 'plant', edgeNode: 'gateway', clientId: 'npm-sparkplug', version: 'spBv1.0',
});

function data(kilowatts) {
  const timestamp = plan.start + 1000 * sent++;
  client.publishDeviceData(device, { timestamp, metrics: [{ alias: powerAlias, type: 'Double', value: kilowatts, timestamp }] });
}

function birth() {
  const timestamp = plan.start + 1000 * sent++;
  client.publishNodeBirth({ timestamp, metrics: [{ name: 'Node Control/Rebirth', type: 'Boolean', value: false, timestamp }] });
  client.publishDeviceBirth(device, {
    timestamp,
    metrics: [{
      name: 'ActivePower', alias: powerAlias, type: 'Double', value: plan.birth, timestamp, properties: { engUnit: { type: 'String', value: 'kW' } },
    }],
  });
}

client.on('connect', () => plan.unborn.forEach(data));
client.on('ncmd', command => {
  if (born || !command.metrics.some(m => m.name === 'Node Control/Rebirth' && m.value === true)) {
    return;
  }

  born = true;
  console.log('asked for its birth');
  birth();
  plan.born.forEach(data);
  client.client.end(false, {}, () => process.exit(0));
});
client.on('error', fault => {
  console.error(fault);
  process.exit(1);
});
