// SPDX-License-Identifier: Apache-2.0
// Publishes messages with the npm package mqtt: node mqtt-publish.js PORT VERSION FILE
// FILE holds [{ "topic", "payload", "qos", "gzip" }]. Ends with 0 when the broker has acknowledged all of them.
const fs = require('fs');
const zlib = require('zlib');
const mqtt = require('mqtt');

const [port, version, file] = process.argv.slice(2);

async function main() {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: Number(version), clientId: `npm-mqtt-${version}` });
  const messages = JSON.parse(fs.readFileSync(file, 'utf8'));
  await Promise.all(messages.map(m =>
    client.publishAsync(m.topic, m.gzip ? zlib.gzipSync(m.payload) : m.payload, { qos: m.qos })));
  await client.endAsync();
}

main().catch(fault => {
  console.error(fault);
  process.exit(1);
});
