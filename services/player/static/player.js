// The page: fetches the recap and ties its parts together.

import { Deck } from "./deck.js";
import { byId, secondInAddress } from "./dom.js";
import { Guide } from "./guide.js";
import { Transcript } from "./transcript.js";

const home = document.body.dataset.home;

async function open() {
  const answer = await fetch(`${home}/recap.json`);
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  const recap = await answer.json();

  const go = (seconds) => {
    history.replaceState(null, "", `#t=${Math.floor(seconds)}`);
    deck.go(seconds);
    transcript.follow();
  };
  const transcript = new Transcript(recap, go);
  const guide = new Guide(recap, go);
  const deck = new Deck(recap, home, (seconds) => {
    transcript.show(seconds);
    const title = guide.show(seconds);
    if (!byId("deck").classList.contains("mute")) byId("here").textContent = title;
  });

  const jump = () => {
    const second = secondInAddress();
    if (second === null) return;
    deck.go(second, { play: false });
    transcript.follow();
  };
  addEventListener("hashchange", jump);
  addEventListener("keydown", (event) => press(event, deck));
  jump();
}

function press(event, deck) {
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  const field = event.target.closest("input, select, textarea");
  const control = event.target.closest("button, summary, a");
  const act = {
    " ": control || field ? null : () => deck.toggle(),
    k: () => deck.toggle(),
    j: () => deck.skip(-10),
    l: () => deck.skip(10),
    c: () => deck.copy(),
    ArrowLeft: field ? null : () => deck.skip(-5),
    ArrowRight: field ? null : () => deck.skip(5),
  }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act || field?.matches("select")) return;
  event.preventDefault();
  act();
}

open().catch(() => {
  byId("waiting").textContent = "The transcript could not be opened. Please reload the page.";
});
