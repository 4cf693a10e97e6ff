// The page: fetches the recap and ties its parts together.

import { Deck } from "./deck.js";
import { byId, secondInAddress } from "./dom.js";
import { Guide } from "./guide.js";
import { Search } from "./search.js";
import { Transcript } from "./transcript.js";

const home = document.body.dataset.home;

async function open() {
  const answer = await fetch(`${home}/recap.json`);
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  const recap = await answer.json();

  const deck = new Deck(recap);
  const go = (seconds) => {
    history.replaceState(null, "", `#t=${Math.floor(seconds)}`);
    deck.go(seconds);
    transcript.follow();
  };
  const transcript = new Transcript(recap, go);
  const guide = new Guide(recap, home, { go, speaking: () => deck.pause() });
  const search = new Search(recap, transcript);

  deck.addEventListener("started", () => guide.hush());
  deck.addEventListener("moved", () => {
    transcript.show(deck.seconds);
    const title = guide.show(deck.seconds);
    if (!byId("deck").classList.contains("mute")) byId("here").textContent = title;
  });
  const elsewhere = recap.moment_url && ((seconds) => recap.moment_url.replace("{seconds}", Math.floor(seconds)));
  const lead = (addressOf) => [transcript, guide].forEach((part) => part.lead(addressOf));
  deck.addEventListener("lost", () => { if (elsewhere) lead(elsewhere); });
  deck.addEventListener("found", () => lead(null));
  deck.load(home);

  const jump = () => {
    const second = secondInAddress();
    if (second === null) return;
    deck.go(transcript.momentOf(second), { play: false });
    transcript.follow();
  };
  addEventListener("hashchange", jump);
  addEventListener("keydown", (event) => press(event, deck, search));
  for (const id of ["help", "keys-close"]) byId(id).addEventListener("click", help);
  byId("deck").inert = false; // a press before that would be lost
  jump();
}

function help() {
  const keys = byId("keys");
  if (keys.open) keys.close();
  else keys.showModal();
}

function press(event, deck, search) {
  if (event.metaKey || event.ctrlKey || event.altKey || event.target.closest("select, textarea, input[type=search]")) return;
  if (byId("keys").open && event.key !== "?") return;
  const field = event.target.closest("input, audio");
  const control = event.target.closest("button, summary, a");
  const act = {
    " ": control || field ? null : () => deck.toggle(),
    k: () => deck.toggle(),
    j: () => deck.skip(-10),
    l: () => deck.skip(10),
    n: () => deck.chapter(1),
    p: () => deck.chapter(-1),
    c: () => deck.copy(),
    "/": () => search.focus(),
    "?": help,
    ArrowLeft: field ? null : () => deck.skip(-5),
    ArrowRight: field ? null : () => deck.skip(5),
  }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

open().catch((error) => {
  console.error(error);
  const waiting = byId("waiting");
  if (waiting) waiting.textContent = "The transcript could not be opened. Please reload the page.";
});
