// The language of a page. A page is in Japanese and has its words in English in attributes, so that there is one page for
// both and it can be read without a script.

const NAME = "gijiroku-language";

function chosen() {
  try {
    const stored = localStorage.getItem(NAME);
    if (stored) return stored;
  } catch {
    // A browser that stores nothing follows its own language.
  }
  return /^ja\b/.test(navigator.language) ? "ja" : "en";
}

const language = chosen();

// Returns the text in the language of the page.
export const say = (japanese, english) => (language === "ja" ? japanese : english);

const button = document.getElementById("language");
button.textContent = say("English", "日本語");
button.lang = say("en", "ja");
button.hidden = false;
button.addEventListener("click", (event) => {
  event.preventDefault();
  try {
    localStorage.setItem(NAME, say("en", "ja"));
  } catch {
    return;
  }
  location.reload();
});

if (language === "en") {
  document.documentElement.lang = "en";
  for (const element of document.querySelectorAll("[data-en]")) element.textContent = element.dataset.en;
  for (const element of document.querySelectorAll("[data-en-label]")) {
    element.ariaLabel = element.dataset.enLabel;
  }
}
