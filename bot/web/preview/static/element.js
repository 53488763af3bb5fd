/** Making elements. Text always goes in as text: nothing that anybody writes can become markup. */

const SVG = "http://www.w3.org/2000/svg";

export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

export function button(className) {
  const element = make("button", className);
  element.type = "button";
  return element;
}

export function icon(id) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${id}`);
  svg.append(use);
  return svg;
}
