// An ordinary app on Slack's own Bolt for JavaScript. It knows nothing of what it runs against but the address.
import { App } from "@slack/bolt";

const quiet = { debug() {}, info() {}, warn() {}, error: console.error, setLevel() {}, getLevel() {}, setName() {} };
const app = new App({
  token: process.env.BOT_TOKEN,
  appToken: process.env.APP_TOKEN,
  socketMode: true,
  logger: quiet,
  clientOptions: { slackApiUrl: process.env.API_URL },
});
const say = (name, value) => console.log(JSON.stringify([name, value]));

app.message("hello", async ({ message, client }) => {
  const posted = await client.chat.postMessage({
    channel: message.channel,
    thread_ts: message.ts,
    text: "Hello!",
    blocks: [
      { type: "section", text: { type: "mrkdwn", text: `Hello <@${message.user}>!` } },
      { type: "actions", elements: [{ type: "button", action_id: "more", value: "42", text: { type: "plain_text", text: "More" } }] },
    ],
    metadata: { event_type: "greeting", event_payload: { to: message.user } },
  });
  await client.reactions.add({ channel: message.channel, timestamp: message.ts, name: "wave" });
  say("greeted", posted.ts);
});

app.action("more", async ({ ack, body, client, action }) => {
  await ack();
  await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: `You pressed ${action.value}`, blocks: [] });
  say("updated", body.message.ts);
});

app.command("/form", async ({ ack, command, client, respond }) => {
  await ack();
  await respond({ text: `One moment, ${command.user_name}`, response_type: "ephemeral" });
  const opened = await client.views.open({
    trigger_id: command.trigger_id,
    view: {
      type: "modal",
      callback_id: "form",
      title: { type: "plain_text", text: "Form" },
      submit: { type: "plain_text", text: "Send" },
      private_metadata: command.channel_id,
      blocks: [{ type: "input", block_id: "what", label: { type: "plain_text", text: "What?" }, element: { type: "plain_text_input", action_id: "text" } }],
    },
  });
  say("opened", opened.view.id);
});

app.view("form", async ({ ack, view, client }) => {
  const text = view.state.values.what.text.value;
  if (text.length < 3) {
    await ack({ response_action: "errors", errors: { what: "Say more." } });
    return;
  }
  await ack();
  const posted = await client.chat.postMessage({ channel: view.private_metadata, text: `They said: ${text}` });
  say("submitted", posted.ts);
});

app.shortcut("look", async ({ ack, shortcut, client }) => {
  await ack();
  const thread = await client.conversations.replies({ channel: shortcut.channel.id, ts: shortcut.message.ts, limit: 1 });
  const all = [];
  for await (const page of client.paginate("conversations.history", { channel: shortcut.channel.id, limit: 2 })) {
    all.push(...page.messages);
  }
  say("looked", [thread.messages[0].text, all.length]);
});

app.event("app_home_opened", async ({ event, client }) => {
  await client.views.publish({ user_id: event.user, view: { type: "home", blocks: [{ type: "divider" }] } });
  say("home", event.tab);
});

app.event("file_shared", async ({ event, client }) => {
  const { file } = await client.files.info({ file: event.file_id });
  if (file.name !== "note.txt") return; // our own copy
  const got = await fetch(file.url_private_download, { headers: { authorization: `Bearer ${process.env.BOT_TOKEN}` } });
  const bytes = Buffer.from(await got.arrayBuffer());
  const answer = await client.filesUploadV2({ channel_id: event.channel_id, filename: "copy.txt", file: bytes, initial_comment: "A copy" });
  say("copied", [bytes.toString(), answer.files.length]);
});

app.message("stream", async ({ message, client, context }) => {
  const stream = await client.chat.startStream({
    channel: message.channel,
    thread_ts: message.ts,
    recipient_user_id: message.user,
    recipient_team_id: context.teamId,
  });
  await client.chat.appendStream({ channel: message.channel, ts: stream.ts, markdown_text: "one " });
  await client.chat.appendStream({ channel: message.channel, ts: stream.ts, markdown_text: "**two**" });
  await client.chat.stopStream({ channel: message.channel, ts: stream.ts, markdown_text: " three" });
  say("streamed", stream.ts);
});

app.message("errors", async ({ client, message }) => {
  const codes = [];
  for (const call of [
    () => client.chat.postMessage({ channel: "C0NOTHERE00", text: "x" }),
    () => client.chat.update({ channel: message.channel, ts: "1.000001", text: "x" }),
    () => client.apiCall("no.such.method"),
    () => client.reactions.add({ channel: message.channel, timestamp: message.ts, name: "wave", token: "xoxb-wrong" }),
  ]) {
    try {
      await call();
      codes.push("ok");
    } catch (error) {
      codes.push(error.data?.error ?? error.code);
    }
  }
  say("refused", codes);
});

await app.start();
say("ready", (await app.client.auth.test()).user_id);
