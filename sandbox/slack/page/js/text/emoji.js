/** Emoji by the names Slack gives them: the common ones. Unknown names stay as `:name:`. */

const TABLE = `
grinning 😀|smiley 😃|smile 😄|grin 😁|laughing 😆|sweat_smile 😅|joy 😂|rolling_on_the_floor_laughing 🤣|slightly_smiling_face 🙂|
upside_down_face 🙃|wink 😉|blush 😊|innocent 😇|smiling_face_with_3_hearts 🥰|heart_eyes 😍|star-struck 🤩|kissing_heart 😘|yum 😋|
stuck_out_tongue 😛|zany_face 🤪|hugging_face 🤗|shushing_face 🤫|thinking_face 🤔|zipper_mouth_face 🤐|neutral_face 😐|expressionless 😑|
smirk 😏|unamused 😒|face_with_rolling_eyes 🙄|grimacing 😬|relieved 😌|pensive 😔|sleepy 😪|sleeping 😴|mask 😷|face_with_thermometer 🤒|
exploding_head 🤯|face_with_cowboy_hat 🤠|partying_face 🥳|sunglasses 😎|nerd_face 🤓|face_with_monocle 🧐|confused 😕|worried 😟|
slightly_frowning_face 🙁|open_mouth 😮|hushed 😯|astonished 😲|flushed 😳|pleading_face 🥺|cry 😢|sob 😭|scream 😱|disappointed 😞|sweat 😓|
weary 😩|tired_face 😫|yawning_face 🥱|triumph 😤|rage 😡|angry 😠|skull 💀|poop 💩|clown_face 🤡|ghost 👻|alien 👽|robot_face 🤖|
wave 👋|raised_hand ✋|vulcan_salute 🖖|ok_hand 👌|v ✌️|crossed_fingers 🤞|call_me_hand 🤙|point_left 👈|point_right 👉|point_up_2 👆|
point_down 👇|point_up ☝️|+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|fist ✊|facepunch 👊|clap 👏|raised_hands 🙌|open_hands 👐|handshake 🤝|pray 🙏|
writing_hand ✍️|muscle 💪|ear 👂|eyes 👀|eye 👁️|brain 🧠|speaking_head_in_silhouette 🗣️|bust_in_silhouette 👤|busts_in_silhouette 👥|
heart ❤️|orange_heart 🧡|yellow_heart 💛|green_heart 💚|blue_heart 💙|purple_heart 💜|black_heart 🖤|broken_heart 💔|sparkling_heart 💖|100 💯|
boom 💥|dash 💨|zzz 💤|speech_balloon 💬|left_speech_bubble 🗨️|thought_balloon 💭|
dog 🐶|cat 🐱|fox_face 🦊|bear 🐻|panda_face 🐼|unicorn_face 🦄|bee 🐝|bug 🐛|turtle 🐢|snake 🐍|whale 🐳|penguin 🐧|owl 🦉|
evergreen_tree 🌲|seedling 🌱|four_leaf_clover 🍀|rose 🌹|sunflower 🌻|mushroom 🍄|sunny ☀️|partly_sunny ⛅|cloud ☁️|rain_cloud 🌧️|
snowflake ❄️|zap ⚡|fire 🔥|rainbow 🌈|star ⭐|star2 🌟|sparkles ✨|crescent_moon 🌙|earth_africa 🌍|globe_with_meridians 🌐|ocean 🌊|
apple 🍎|lemon 🍋|avocado 🥑|pizza 🍕|hamburger 🍔|taco 🌮|popcorn 🍿|cookie 🍪|cake 🍰|birthday 🎂|coffee ☕|tea 🍵|beer 🍺|beers 🍻|champagne 🍾|
soccer ⚽|basketball 🏀|trophy 🏆|sports_medal 🏅|first_place_medal 🥇|dart 🎯|video_game 🎮|game_die 🎲|art 🎨|clapper 🎬|microphone 🎤|
studio_microphone 🎙️|headphones 🎧|musical_note 🎵|notes 🎶|musical_score 🎼|guitar 🎸|drum_with_drumsticks 🥁|loud_sound 🔊|sound 🔉|
speaker 🔈|mute 🔇|mega 📣|loudspeaker 📢|bell 🔔|no_bell 🔕|radio 📻|movie_camera 🎥|film_projector 📽️|film_frames 🎞️|video_camera 📹|
camera 📷|tv 📺|vhs 📼|arrow_forward ▶️|black_square_for_stop ⏹️|double_vertical_bar ⏸️|fast_forward ⏩|rewind ⏪|repeat 🔁|
rocket 🚀|airplane ✈️|car 🚗|bike 🚲|house 🏠|office 🏢|construction 🚧|rotating_light 🚨|vertical_traffic_light 🚦|
tada 🎉|confetti_ball 🎊|balloon 🎈|gift 🎁|ribbon 🎀|ticket 🎫|crystal_ball 🔮|gem 💎|crown 👑|
watch ⌚|hourglass ⌛|hourglass_flowing_sand ⏳|alarm_clock ⏰|stopwatch ⏱️|timer_clock ⏲️|clock1 🕐|clock3 🕒|clock9 🕘|calendar 📆|date 📅|
computer 💻|desktop_computer 🖥️|keyboard ⌨️|iphone 📱|telephone_receiver 📞|battery 🔋|electric_plug 🔌|bulb 💡|flashlight 🔦|
wrench 🔧|hammer 🔨|hammer_and_wrench 🛠️|gear ⚙️|nut_and_bolt 🔩|link 🔗|paperclip 📎|scissors ✂️|lock 🔒|unlock 🔓|key 🔑|shield 🛡️|
mag 🔍|mag_right 🔎|microscope 🔬|telescope 🔭|satellite_antenna 📡|
memo 📝|pencil 📝|pencil2 ✏️|book 📖|books 📚|notebook 📓|ledger 📒|page_facing_up 📄|page_with_curl 📃|bookmark_tabs 📑|bookmark 🔖|
newspaper 📰|scroll 📜|clipboard 📋|file_folder 📁|open_file_folder 📂|card_index_dividers 🗂️|file_cabinet 🗄️|wastebasket 🗑️|package 📦|
email ✉️|envelope ✉️|incoming_envelope 📨|inbox_tray 📥|outbox_tray 📤|pushpin 📌|round_pushpin 📍|triangular_flag_on_post 🚩|
bar_chart 📊|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|moneybag 💰|dollar 💵|credit_card 💳|
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|negative_squared_cross_mark ❎|heavy_plus_sign ➕|heavy_minus_sign ➖|
warning ⚠️|no_entry ⛔|no_entry_sign 🚫|octagonal_sign 🛑|question ❓|grey_question ❔|exclamation ❗|grey_exclamation ❕|bangbang ‼️|
information_source ℹ️|recycle ♻️|arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrow_upper_right ↗️|leftwards_arrow_with_hook ↩️|
arrows_counterclockwise 🔄|new 🆕|ok 🆗|sos 🆘|soon 🔜|top 🔝|end 🔚|
red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|large_purple_circle 🟣|white_circle ⚪|
black_circle ⚫|large_orange_diamond 🔶|large_blue_diamond 🔷|small_orange_diamond 🔸|small_blue_diamond 🔹|black_small_square ▪️|
white_small_square ▫️|large_green_square 🟩|large_yellow_square 🟨|large_red_square 🟥|black_large_square ⬛|white_large_square ⬜|
zero 0️⃣|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|keycap_ten 🔟|hash #️⃣|copyright ©️|tm ™️|
flag-gb 🇬🇧|flag-us 🇺🇸|us 🇺🇸|gb 🇬🇧|de 🇩🇪|fr 🇫🇷|es 🇪🇸|it 🇮🇹|jp 🇯🇵|flag-in 🇮🇳|flag-br 🇧🇷|checkered_flag 🏁|white_flag 🏳️|
facepalm 🤦|face_palm 🤦|shrug 🤷|man-shrugging 🤷‍♂️|woman-shrugging 🤷‍♀️|raising_hand 🙋|bow 🙇|ninja 🥷|technologist 🧑‍💻|detective 🕵️|santa 🎅`;

const EMOJI = new Map(
  TABLE.replaceAll("\n", "")
    .split("|")
    .map((entry) => /** @type {[string, string]} */ (entry.split(" "))),
);

const SKIN_TONES = ["🏻", "🏼", "🏽", "🏾", "🏿"];

/**
 * The character of an emoji name, or null. A skin tone may follow: `+1::skin-tone-3`.
 * @param {string} name without the outer colons
 * @returns {string | null}
 */
export function emojiCharacter(name) {
  const [base, tone] = String(name).split("::");
  const character = EMOJI.get(base);
  if (!character) return null;
  const step = /^skin-tone-([2-6])$/.exec(tone ?? "");
  return step ? character.replace(/\ufe0f$/, "") + SKIN_TONES[Number(step[1]) - 2] : character;
}

/** The character, or `:name:` where the name is not known. */
export function emojiText(name) {
  return emojiCharacter(name) ?? `:${name}:`;
}

/**
 * Names that contain a text, those that begin with it first.
 * @param {string} query empty for all
 * @returns {string[]}
 */
export function findEmoji(query) {
  const wanted = query.toLowerCase().replaceAll(" ", "_");
  const found = [...EMOJI.keys()].filter((name) => name.includes(wanted));
  return found.sort((a, b) => Number(b.startsWith(wanted)) - Number(a.startsWith(wanted)));
}

/** What people reach for first. */
export const FAVOURITES = ["+1", "eyes", "white_check_mark", "tada", "heart", "joy", "raised_hands", "pray"];
