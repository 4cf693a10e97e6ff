// What the players of other sites say and understand, as messages between windows. No script of theirs runs in our page.
//
// `hello` are the messages that make a player talk; `read(data)` is what a message of its says: { ready, seconds,
// paused, failed }, each only where it says so. `seeksStill` tells whether it can move before it was started.

const PLAYING = new Set([1, 3]);
const FRAME_EVENTS = ["play", "pause", "ended", "timeupdate", "seeked", "error"];

// https://developers.google.com/youtube/iframe_api_reference: states, errors and functions. The messages are those that
// its script exchanges with the frame.
const toYouTube = (func, ...args) => ({ event: "command", func, args, id: 1, channel: "widget" });

const youtube = {
  seeksStill: false,
  hello: [{ event: "listening", id: 1, channel: "widget" }, toYouTube("addEventListener", "onError")],
  play: () => toYouTube("playVideo"),
  pause: () => toYouTube("pauseVideo"),
  seek: (seconds) => toYouTube("seekTo", seconds, true),
  rate: (rate) => toYouTube("setPlaybackRate", rate),
  at: (address, seconds) => `${address}&start=${Math.floor(seconds)}&origin=${encodeURIComponent(location.origin)}`,
  read({ event, info }) {
    if (event === "onError") return { failed: true };
    const told = { ready: true };
    if (typeof info?.currentTime === "number") told.seconds = info.currentTime;
    if (typeof info?.playerState === "number") told.paused = !PLAYING.has(info.playerState);
    return told;
  },
};

// https://github.com/vimeo/player.js: methods and events. The messages are those that it exchanges with the frame.
const toVimeo = (method, value) => ({ method, value });

const vimeo = {
  seeksStill: true,
  hello: [toVimeo("ping"), ...FRAME_EVENTS.map((name) => toVimeo("addEventListener", name))],
  play: () => toVimeo("play"),
  pause: () => toVimeo("pause"),
  seek: (seconds) => toVimeo("setCurrentTime", seconds),
  rate: (rate) => toVimeo("setPlaybackRate", rate),
  at: (address, seconds) => `${address}#t=${Math.floor(seconds)}s`,
  read({ event, data }) {
    // An error that names a method is that of one command, such as a speed that the video does not allow.
    if (event === "error") return data?.method ? {} : { failed: true };
    const told = { ready: true };
    if (typeof data?.seconds === "number") told.seconds = data.seconds;
    if (event === "play" || event === "timeupdate") told.paused = false;
    if (event === "pause" || event === "ended") told.paused = true;
    return told;
  },
};

export const dialects = { youtube, vimeo };
