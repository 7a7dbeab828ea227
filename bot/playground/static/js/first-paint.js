// A script of its own, not a module, so that it runs before anything is painted: no flash of the other theme.
const chosenTheme = localStorage.getItem("theme");
if (chosenTheme === "light" || chosenTheme === "dark") document.documentElement.dataset.theme = chosenTheme;
