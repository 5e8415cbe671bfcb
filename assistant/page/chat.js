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
