/* The chart library is large and many pages have no chart: fetch it when the first one comes into the page. */
import { bind } from "./bind.js";

let asked = false;

bind("[data-shanhai-chart]", () => {
  const address = document.querySelector('meta[name="shanhai-charts"]')?.content;
  if (asked || !address) return;
  asked = true;
  const script = document.createElement("script");
  script.src = address;
  document.head.append(script);
});
