/** Calls to the server: Slack's Web API as a person, and what a person does with a mouse. */

/** What the server refused, with its error code. */
export class ApiError extends Error {
  /** @param {string} code @param {any} [answer] the whole answer */
  constructor(code, answer = {}) {
    super(code);
    this.code = code;
    this.answer = answer;
  }
}

const SENTENCES = {
  dispatch_failed: "The app is not running, so nothing happened. Start it and try again.",
  operation_timeout: "The app did not answer in time.",
  offline: "The local Slack does not answer. It may have been stopped.",
  msg_too_long: "That message is too long.",
  no_text: "There is nothing to send.",
  name_taken: "A channel of that name exists already.",
  invalid_name_specials: "Use lower-case letters, digits, hyphens and underscores only.",
  is_archived: "This channel is archived.",
  ratelimited: "Too fast. Wait a moment and try again.",
  cant_update_message: "That message cannot be changed.",
  file_not_found: "There is no such file any more, or you may not see it.",
  canvas_not_found: "There is no such canvas any more, or you may not see it.",
  cant_delete_message: "That message cannot be deleted.",
};

/** An error as a sentence for the person in front of the page. */
export function sentenceFor(error) {
  const code = error instanceof ApiError ? error.code : String(error?.message ?? error);
  return SENTENCES[code] ?? `That did not work (${code}).`;
}

async function post(path, body, token) {
  const headers = {
    "Content-Type": "application/json; charset=utf-8",
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
  };
  let answer;
  try {
    const response = await fetch(path, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
      credentials: "same-origin",
    });
    answer = await response.json();
  } catch {
    throw new ApiError("offline");
  }
  if (!answer.ok) throw new ApiError(answer.error ?? "unknown", answer);
  return answer;
}

/**
 * Everything the person may see.
 * @param {string | null} user whose eyes; null for the first person
 * @param {string | null} team of which workspace; null for the person's
 */
export function fetchState(user, team = null) {
  return fetchFrom("state", { ...(user ? { user } : {}), ...(team ? { team } : {}) });
}

/**
 * Something that the page reads beside the state: `profile`, `canvas`.
 * @param {string} what
 * @param {Record<string, string>} query
 */
export async function fetchFrom(what, query) {
  let answer;
  try {
    answer = await (
      await fetch(`/sandbox/${what}?${new URLSearchParams(query)}`, { credentials: "same-origin" })
    ).json();
  } catch {
    throw new ApiError("offline");
  }
  if (!answer.ok) throw new ApiError(answer.error ?? "unknown", answer);
  return answer;
}

/** The server as one person reaches it. Every method rejects with an ApiError. */
export class Api {
  /** @param {{id: string, token: string}} me */
  constructor(me) {
    this.me = me;
  }

  /** A method of the Web API, with the person's token. */
  call(method, args) {
    return post(`/api/${method}`, args, this.me.token);
  }

  /** One of `commands`, `actions`, `shortcuts`, `home`, `stop`. */
  act(what, body) {
    return post(`/sandbox/${what}`, { user: this.me.id, ...body }, null);
  }
}
