// SPDX-License-Identifier: Apache-2.0
// What belongs to no single page: keys, links of a page that is not live yet, the way back after a lost connection, and drafts that survive a reload.

const places = { f: "/", c: "/cases", s: "/supervision", m: "/models", o: "/operations" };
let prefix = -Infinity; // when g was pressed: never yet, which 0 would not say of a page that is younger than a second

document.addEventListener("keydown", (pressed) => {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.target.closest?.("input, textarea, select, [contenteditable], [role=application]")) {
    return;
  }
  const act = actionOf(pressed.key);
  if (act) {
    pressed.preventDefault();
    act();
  }
});

function actionOf(key) {
  if (performance.now() - prefix < 1200 && places[key]) {
    prefix = -Infinity;
    return () => document.querySelector(`header nav a[href="${places[key]}"]`)?.click();
  }
  switch (key) {
    case "g": return () => { prefix = performance.now(); };
    case "/": return focusSearch();
    case "j": return step(1);
    case "k": return step(-1);
    case "x": return pick();
    case "m": return moves();
    case "ArrowUp": return walk(0, -1);
    case "ArrowDown": return walk(0, 1);
    case "ArrowLeft": return walk(-1, 0);
    case "ArrowRight": return walk(1, 0);
    case "?": return toggleHelp();
    default: return null;
  }
}

function focusSearch() {
  const search = document.querySelector("main input[type=search]");
  return search && (() => search.focus());
}

/** Moves the focus from line to line of the first list of the page; Enter then follows the link as ever. */
function step(by) {
  const lines = [...document.querySelectorAll("main [data-testid=fleet] tbody th a, main [data-testid=cases] tbody th a, main [data-testid=groups] tbody th a, main [data-opens-card]")];
  if (lines.length === 0) {
    return null;
  }
  return () => {
    const now = lines.indexOf(document.activeElement);
    const next = lines[Math.min(Math.max(now + by, 0), lines.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };
}

/** Picks the line in focus for work on several. */
function pick() {
  const box = document.activeElement?.closest?.("tr")?.querySelector("td.pick input");
  return box && (() => box.click());
}

/** Shows the moves of the card in focus. */
function moves() {
  const button = document.activeElement?.closest?.("[data-card]")?.querySelector("[data-moves-card]");
  return button && (() => button.click());
}

/** Goes from card to card of a board: along its column, or to the same height of the next column that has any. */
function walk(across, along) {
  const lanes = [...document.querySelectorAll("main [data-board] ul")].map((lane) => [...lane.querySelectorAll("[data-opens-card]")]);
  const card = document.activeElement?.closest?.("[data-card]")?.querySelector("[data-opens-card]");
  const at = lanes.findIndex((lane) => lane.includes(card));
  if (at < 0) {
    return null;
  }
  const lane = lanes[Math.min(Math.max(at + across, 0), lanes.length - 1)];
  const next = lane[Math.min(Math.max(lanes[at].indexOf(card) + along, 0), lane.length - 1)];
  return () => {
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
}

function toggleHelp() {
  const help = document.getElementById("keys");
  return help && (() => (help.open ? help.close() : help.showModal()));
}

document.addEventListener("click", (clicked) => {
  if (clicked.target.closest?.("[data-opens=keys]")) {
    document.getElementById("keys")?.showModal();
  } else if (clicked.target.closest?.("[data-prints]")) {
    print();
  }
});

// --- links before a page is live -------------------------------------------------------------------------------------

// A page is there before its circuit is. Followed in between, a link was answered twice: the browser went there, and the circuit that then began took it back. Loaded whole, it is answered once.
document.addEventListener("click", (clicked) => {
  const link = clicked.target.closest?.("a[href]");
  const plain = clicked.button === 0 && !(clicked.ctrlKey || clicked.metaKey || clicked.shiftKey || clicked.altKey);
  if (!link || !plain || link.target || link.hasAttribute("download") || link.origin !== location.origin || link.hash || document.querySelector("[data-live]")) {
    return;
  }
  clicked.preventDefault();
  clicked.stopImmediatePropagation();
  location.assign(link.href);
}, true);

// --- lost connection -------------------------------------------------------------------------------------------------

const banner = document.getElementById("components-reconnect-modal");
let trying = 0;

banner?.addEventListener("components-reconnect-state-changed", (changed) => {
  const state = changed.detail.state;
  document.documentElement.toggleAttribute("data-offline", state !== "hide");
  clearInterval(trying);
  if (state === "failed") {
    trying = setInterval(reconnect, 3000); // the page's own attempts are over; the server may still come back
  } else if (state === "rejected") {
    location.reload(); // the server is back but knows this page no more; drafts are kept below
  }
});

async function reconnect() {
  try {
    if (!(await Blazor.reconnect())) {
      location.reload();
    } else {
      clearInterval(trying);
    }
  } catch {
    // Still away; the next attempt follows.
  }
}

// --- drafts ----------------------------------------------------------------------------------------------------------

const draftKey = (field) => `detector.draft.${field.dataset.draft}`;

document.addEventListener("input", (typed) => {
  if (typed.target.dataset?.draft) {
    sessionStorage.setItem(draftKey(typed.target), typed.target.value);
  }
});

document.addEventListener("submit", (sent) => {
  sent.target.querySelectorAll("[data-draft]").forEach((field) => sessionStorage.removeItem(draftKey(field)));
}, true);

new MutationObserver(() => {
  for (const field of document.querySelectorAll("[data-draft]:not([data-draft-seen])")) {
    field.dataset.draftSeen = "";
    const kept = sessionStorage.getItem(draftKey(field));
    if (kept && field.value === "") {
      field.value = kept;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}).observe(document.body, { childList: true, subtree: true });
