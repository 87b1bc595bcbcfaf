// Makes a player of a film: `steps` says what, `host` and `svg` come from `picture.js`. Without
// scripts all panels are seen, and the steps in words below them.
const make = (name, content, settings = {}) =>
  Object.assign(document.createElement(name), { textContent: content }, settings);
const last = steps.says.length - 1;
const player = make("div", "", { className: "mg-player", tabIndex: 0 });
player.setAttribute("role", "group");
player.setAttribute("aria-label", "The backward pass, step by step. Arrow keys go to and fro.");
player.dataset.lmSuppressShortcuts = "true"; // JupyterLab has meanings of its own for these keys
const bar = make("div", "", { className: "mg-bar" });
const say = make("div", "", { className: "mg-say" });
say.setAttribute("aria-live", "polite");
const ask = make("form", "", { className: "mg-ask", hidden: true });
const button = (label, title, action) => {
  const made = make("button", label, { type: "button", title, onclick: action });
  made.setAttribute("aria-label", title);
  bar.append(made);
  return made;
};
let now = 0, timer = null, asked = 0, right = 0, tries = 0;
const first = button("«", "first step", () => go(0));
const back = button("‹", "one step back", () => go(now - 1));
const play = button("play", "play", () => (timer ? pause() : start()));
const next = button("›", "next step", () => go(now + 1));
const end = button("»", "last step", () => go(last));
const slide = make("input", "", { type: "range", min: 0, max: last, value: 0 });
slide.setAttribute("aria-label", "step");
slide.oninput = () => go(+slide.value);
const count = make("span", "");
bar.append(slide, count);
const predict = steps.asks.some(each => each.length)
  ? button("predict", "predict the next number", () => mode(predict.getAttribute("aria-pressed") !== "true"))
  : null;
player.append(bar);

let panels = [];
if (svg) {
  // One panel is shown at a time, at its natural size, over one common base.
  panels = [...svg.querySelectorAll(".panel")];
  const [width, height] = svg.dataset.size.split(" ").map(Number);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  const base = svg.querySelector("defs > g");
  const whole = panels[0].querySelector("use").parentNode.cloneNode(false);
  whole.append(base);
  panels[0].before(whole);
  for (const panel of panels) {
    panel.removeAttribute("transform");
    panel.querySelector(".head").remove();
    panel.querySelector("g").removeAttribute("transform");
    panel.querySelector("use").remove();
    panel.style.pointerEvents = "none";
    for (const use of panel.querySelectorAll("use")) {
      // A copy, since the theme's rules do not reach what <use> shows.
      const copy = svg.querySelector(use.getAttribute("href")).cloneNode(true);
      copy.removeAttribute("id");
      copy.setAttribute("class", use.getAttribute("class") || "");
      use.replaceWith(copy);
    }
  }
  svg.setAttribute("role", "group");
  for (const card of base.querySelectorAll(".node")) {
    const key = card.id.replace(/^p\d+-/, "");
    if (!(key.slice(1) in steps.fills) || key[0] !== "n") continue;
    const jump = () => go(steps.fills[key.slice(1)]);
    card.setAttribute("tabindex", "0");
    card.setAttribute("role", "button");
    card.setAttribute("aria-label", `${steps.names[key.slice(1)]}: to the step that fills it`);
    card.addEventListener("click", jump);
    card.addEventListener("keydown", event => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); jump(); }
    });
  }
  player.append(svg);
}
player.append(ask, say);
host.prepend(player);

function go(step, answered) {
  const forward = step === now + 1;
  now = Math.max(0, Math.min(last, step));
  slide.value = now;
  count.textContent = `${now} / ${last}`;
  first.disabled = back.disabled = now === 0;
  next.disabled = end.disabled = now === last;
  panels.forEach((panel, number) => panel.setAttribute("display", number === now ? "" : "none"));
  const questions = predict && predict.getAttribute("aria-pressed") === "true" && forward && !answered;
  asked = questions ? 0 : steps.asks[now].length;
  show();
}
function show() {
  const open = steps.asks[now][asked];
  if (panels.length) {
    const panel = panels[now], sent = panel.querySelectorAll(".now,.lost:not(.past)");
    const sums = steps.asks[now].length - sent.length;
    sent.forEach((each, number) => each.classList.toggle("hidden", Boolean(open) && number >= asked - sums));
    panel.querySelectorAll(".fresh").forEach(each => each.classList.toggle("hidden", Boolean(open)));
  }
  const says = open ? [open.head || steps.says[now][0]] : steps.says[now];
  say.replaceChildren(...says.map(each => make("p", each)));
  ask.hidden = !open;
  if (open) {
    const input = make("input", "", { type: "text", inputMode: "decimal", autocomplete: "off" });
    input.setAttribute("aria-label", open.q);
    const reveal = make("button", "show", { type: "button", onclick: () => answer(null) });
    ask.replaceChildren(make("span", open.q), input, make("button", "check"), reveal, make("span", "", { role: "status" }));
    ask.onsubmit = event => { event.preventDefault(); answer(input.value); };
    input.focus();
  } else if (player.contains(document.activeElement) && ask.contains(document.activeElement)) player.focus();
}
function answer(given) {
  const open = steps.asks[now][asked], value = Number((given || "").replace(",", ".").replace("−", "-") || NaN);
  const good = Math.abs(value - open.a) <= 0.005 * Math.abs(open.a) + 1e-9;
  if (given !== null) tries += 1;
  if (given !== null && !good) {
    ask.lastChild.textContent = Number.isNaN(value) ? "a number, please" : "no, try again";
    return;
  }
  right += given !== null && good;
  asked += 1;
  show();
  if (!steps.asks[now][asked]) player.focus();
  say.prepend(make("p", given === null ? `It is ${open.a}.` : `Right: ${open.a}. (${right} right in ${tries} tries)`));
}
function mode(on) {
  predict.setAttribute("aria-pressed", String(on));
  pause();
  if (on && now === last) go(0); else if (!on) go(now);
  if (on) go(now + 1);
}
function start() {
  if (now === last) go(0);
  play.textContent = "pause";
  timer = setInterval(() => (now === last || !host.isConnected ? pause() : ask.hidden && go(now + 1)), 1600);
}
function pause() {
  clearInterval(timer);
  timer = null;
  play.textContent = "play";
}
player.addEventListener("keydown", event => {
  event.stopPropagation();
  const typing = event.target.matches("input[type=text]");
  const keys = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: last };
  if (typing || !(event.key in keys) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  pause();
  go(keys[event.key]);
});
if (predict) predict.setAttribute("aria-pressed", "false");
go(steps.start);
if (predict && steps.predict) mode(true);
