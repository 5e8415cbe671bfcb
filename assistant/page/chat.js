// A click on [1] in an answer shows its passage in the side panel.
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest('a[href*="#cite-"]');
  if (!link) return;
  event.preventDefault();
  event.stopPropagation();
  const card = document.getElementById(link.getAttribute("href").split("#")[1]);
  if (!card) return;
  document.querySelectorAll(".passage.chosen").forEach((other) => other.classList.remove("chosen"));
  card.classList.add("chosen");
  card.scrollIntoView({ behavior: "smooth", block: "nearest" });
  card.focus({ preventScroll: true });
}, true);

// Who has logged in, with a way out; nothing where nobody need log in.
async function showWhoIsHere() {
  const answer = await fetch("whoami").catch(() => null);
  const who = answer && answer.ok ? await answer.json() : { name: "" };
  if (!who.name) return;
  const form = document.createElement("form");
  form.id = "log-out";
  form.method = "post";
  form.action = "logout";
  const button = document.createElement("button");
  button.textContent = `${who.name} · ${navigator.language.startsWith("en") ? "Log out" : "退出"}`;
  form.append(button);
  document.body.append(form);
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", showWhoIsHere);
else showWhoIsHere();

// Copies answers as plain text, each mark with its passage's place and the words it quotes.
function plain(message) {
  const sources = new Map();
  message.querySelectorAll('a[href*="#cite-"]').forEach((link) => {
    const card = document.getElementById(link.getAttribute("href").split("#")[1]);
    const quote = card && card.querySelector("mark");
    if (quote) sources.set(link.textContent, `${card.querySelector("h3").innerText}\n「${quote.innerText}」`);
  });
  return [message.innerText.trim(), ...sources.values()].join("\n");
}
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea"); // without TLS a browser gives no clipboard
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
document.addEventListener("click", (event) => {
  const button = event.target.closest && event.target.closest("#copy-answer, #copy-all");
  if (!button) return;
  const messages = [...document.querySelectorAll("#conversation .message.user, #conversation .message.bot")];
  const chosen = button.id === "copy-all" ? messages : messages.slice(-1);
  if (!chosen.length) return;
  copy(chosen.map((one) => (one.classList.contains("bot") ? plain(one) : `问:${one.innerText.trim()}`)).join("\n\n"));
  const label = button.textContent;
  button.textContent = "已复制";
  setTimeout(() => { button.textContent = label; }, 1500);
}, true);
