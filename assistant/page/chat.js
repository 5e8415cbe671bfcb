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
