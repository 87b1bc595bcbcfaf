// Puts the static picture of an output into the page itself, so that it follows the theme. Without
// scripts the image remains. The body of a function; `player.js` may follow it.
const script = document.currentScript;
const host = script && script.closest(".mg");
if (!host || host.dataset.ready) return;
host.dataset.ready = "yes";
const image = host.querySelector("img");
let svg = null;
if (image) {
  // Ids must differ from those of every other picture on the page.
  const bytes = Uint8Array.from(atob(image.src.split(",")[1]), each => each.charCodeAt(0));
  const many = window.minigradPictures = (window.minigradPictures || 0) + 1;
  const text = new TextDecoder().decode(bytes).replace(/(\bid=|href=)(['"])(#?)/g, `$1$2$3p${many}-`);
  svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", image.alt);
  image.replaceWith(svg);
}
