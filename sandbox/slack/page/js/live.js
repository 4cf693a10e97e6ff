/** The line on which the server tells what changes. */

const FIRST_WAIT = 500;
const LONGEST_WAIT = 8000;
const QUIET = 1500;

/**
 * Listen for events until the signal says stop. A line that breaks is taken up where it broke.
 * @param {object} options
 * @param {string} options.user
 * @param {number} options.since the `seq` of the state one holds
 * @param {(event: any) => void} options.onevent
 * @param {(connected: boolean) => void} options.onconnection false once the line has been down for more than a moment
 * @param {AbortSignal} options.signal
 */
export function listen({ user, since, onevent, onconnection, signal }) {
  let seq = since;
  let wait = FIRST_WAIT;
  let quiet;
  let source;

  const down = () => {
    quiet ??= setTimeout(() => onconnection(false), QUIET);
  };
  const up = () => {
    clearTimeout(quiet);
    quiet = undefined;
    wait = FIRST_WAIT;
    onconnection(true);
  };
  const connect = () => {
    if (signal.aborted) return;
    source = new EventSource(`/sandbox/events?user=${encodeURIComponent(user)}&since=${seq}`);
    source.onopen = up;
    source.onmessage = (message) => {
      const event = JSON.parse(message.data);
      if (typeof event.seq === "number") seq = event.seq;
      onevent(event);
    };
    // The browser would ask for the first address again, with the old seq: a new line is made instead.
    source.onerror = () => {
      source.close();
      down();
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    };
  };
  signal.addEventListener("abort", () => {
    clearTimeout(quiet);
    source?.close();
  });
  connect();
}
