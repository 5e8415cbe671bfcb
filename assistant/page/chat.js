// What Gradio does not do under a policy without eval: the reader pane, copies, log-out, fetching a file that is ready.
const english = navigator.language.startsWith("en");
const words = (chinese, inEnglish) => (english ? inEnglish : chinese);
const whenReady = (action) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", action);
  else action();
};

// The reader: a document opens beside the answer, at the passage behind the link; j and k go to the next and the
// last of the links that stand together, Esc back to the one it was opened from.
const DOCUMENT = 'a[href*="documents/"]';
const reader = { pane: null, links: [], at: 0, opener: null };
function buildReader() {
  const pane = document.createElement("aside");
  pane.id = "reader";
  pane.hidden = true;
  pane.setAttribute("aria-label", words("原文", "Source"));
  const bar = document.createElement("div");
  const button = (label, id, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.id = id;
    made.textContent = label;
    made.addEventListener("click", action);
    bar.append(made);
  };
  button(words("上一处 (k)", "Previous (k)"), "reader-before", () => step(-1));
  button(words("下一处 (j)", "Next (j)"), "reader-after", () => step(1));
  const place = document.createElement("span");
  place.id = "reader-place";
  place.setAttribute("role", "status");
  const alone = document.createElement("a");
  alone.id = "reader-alone";
  alone.target = "_blank";
  alone.textContent = words("单独打开", "Open alone");
  bar.append(place, alone);
  button(words("关闭 (Esc)", "Close (Esc)"), "reader-close", closeReader);
  const title = document.createElement("strong");
  title.id = "reader-title";
  bar.append(title);
  const frame = document.createElement("iframe");
  frame.title = words("全文", "Whole document");
  frame.addEventListener("load", () => {
    const inner = frame.contentWindow;
    try { inner.addEventListener("keydown", readerKeys); } catch { return; } // not a page of ours
    pane.querySelector("#reader-title").textContent = inner.document.title;
    if (!pane.hidden) inner.focus();
  });
  pane.append(bar, frame);
  document.body.append(pane);
  reader.pane = pane;
}
function showLink() {
  const link = reader.links[reader.at];
  const pane = reader.pane;
  pane.querySelector("iframe").contentWindow.location.replace(link.href);
  pane.querySelector("#reader-alone").href = link.href;
  pane.querySelector("#reader-place").textContent = `${reader.at + 1} / ${reader.links.length}`;
  document.querySelectorAll(".chosen").forEach((other) => other.classList.remove("chosen"));
  const row = link.closest("tr");
  link.classList.add("chosen");
  if (row) row.classList.add("chosen");
  (row || link).scrollIntoView({ block: "nearest" });
}
function openReader(link) {
  if (!reader.pane) buildReader();
  const together = link.closest(".message, .turn, table.rows");
  reader.links = together ? [...together.querySelectorAll(DOCUMENT)] : [link];
  reader.at = Math.max(reader.links.indexOf(link), 0);
  reader.opener = link;
  reader.pane.hidden = false;
  document.body.classList.add("reading");
  showLink();
}
function closeReader() {
  if (!reader.pane || reader.pane.hidden) return;
  reader.pane.hidden = true;
  document.body.classList.remove("reading");
  if (reader.opener && reader.opener.isConnected) reader.opener.focus();
}
function step(by) {
  const next = reader.at + by;
  if (next < 0 || next >= reader.links.length) return;
  reader.at = next;
  showLink();
}
function readerKeys(event) {
  if (!reader.pane || reader.pane.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest && event.target.closest("input, textarea, select")) return;
  const action = { j: () => step(1), k: () => step(-1), Escape: closeReader }[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}
document.addEventListener("keydown", readerKeys);
document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest && event.target.closest(DOCUMENT);
  if (!link || link.closest("#reader")) return;
  event.preventDefault();
  event.stopPropagation();
  openReader(link);
}, true);

// Who has logged in, with a way out; nothing where nobody need log in.
whenReady(async () => {
  const answer = await fetch("whoami").catch(() => null);
  const who = answer && answer.ok ? await answer.json() : { name: "" };
  if (!who.name) return;
  const form = document.createElement("form");
  form.id = "log-out";
  form.method = "post";
  form.action = "logout";
  const button = document.createElement("button");
  button.textContent = `${who.name} · ${words("退出", "Log out")}`;
  form.append(button);
  document.body.append(form);
});

// Copies of answers, each mark with the place and the quote that its link has as a title: as plain words and as HTML, which
// Word takes, or as Markdown.
const tableRows = (message) => [...message.querySelectorAll("table")].map((table) =>
  [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
function sourcesOf(message) {
  const found = new Map();
  message.querySelectorAll(`${DOCUMENT}[title]`).forEach((link) => {
    const [place, ...quote] = link.title.split("「");
    found.set(link.textContent.trim(), { place, quote: quote.join("「").replace(/」$/, "") });
  });
  return [...found].map(([mark, one]) => ({ mark, ...one }));
}
function answerText(message) {
  const copy = message.cloneNode(true);
  copy.querySelectorAll("button, table").forEach((one) => one.remove());
  document.body.append(copy); // innerText needs layout
  const said = copy.innerText.trim();
  copy.remove();
  return said;
}
function asText(message) {
  const rows = tableRows(message).flat().map((row) => row.join("\t"));
  const sources = sourcesOf(message).map((one) => `${one.mark} ${one.place}\n「${one.quote}」`);
  return [answerText(message), ...rows, ...sources].filter(Boolean).join("\n");
}
function asMarkdown(message) {
  const tables = tableRows(message).map((rows) =>
    rows.map((row, rank) => `| ${row.join(" | ")} |${rank ? "" : `\n|${row.map(() => "---|").join("")}`}`).join("\n"));
  const sources = sourcesOf(message).map((one) => `> ${one.mark} ${one.place}\n>\n> ${one.quote}`);
  return [answerText(message).replaceAll("\n", "\n\n"), ...tables, ...sources].filter(Boolean).join("\n\n");
}
function asHtml(text) {
  const holder = document.createElement("div");
  text.split("\n").forEach((line) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = line;
    holder.append(paragraph);
  });
  return holder.innerHTML;
}
async function copy(text) {
  if (navigator.clipboard && window.ClipboardItem) {
    const item = (type, content) => [type, new Blob([content], { type })];
    const kinds = Object.fromEntries([item("text/plain", text), item("text/html", asHtml(text))]);
    return navigator.clipboard.write([new ClipboardItem(kinds)]);
  }
  const field = document.createElement("textarea"); // without TLS a browser gives no clipboard
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest && event.target.closest("#copy-answer, #copy-markdown, #copy-all");
  if (!button) return;
  const messages = [...document.querySelectorAll("#conversation .message.user, #conversation .message.bot")];
  const chosen = button.id === "copy-all" ? messages : messages.slice(-1);
  if (!chosen.length) return;
  const form = button.id === "copy-markdown" ? asMarkdown : asText;
  const said = (one) => (one.classList.contains("bot") ? form(one) : `问:${one.innerText.trim()}`);
  const label = button.textContent;
  const done = await copy(chosen.map(said).join("\n\n")).then(() => true, () => false);
  button.textContent = done ? words("已复制", "Copied") : words("不能复制", "Cannot copy");
  setTimeout(() => { button.textContent = label; }, 1500);
}, true);

// A file that was asked for is fetched as soon as its link is there. Gradio calls its buttons of examples a list.
const fetched = new Set();
new MutationObserver(() => {
  document.querySelectorAll('.examples[role="list"]').forEach((one) => one.setAttribute("role", "group"));
  document.querySelectorAll(".fetched a[download]").forEach((link) => {
    if (fetched.has(link.href)) return;
    fetched.add(link.href);
    link.click();
  });
}).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["href"] });
