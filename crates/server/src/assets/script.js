// Two reports side by side scroll together: by the share of the way, and a highlight that is followed
// brings the other report along. Everything works without this.
"use strict";
const columns = [...document.querySelectorAll(".pair .text")];
let leader = null;
let rest = 0;

function follow(from) {
  if (leader && leader !== from) return;
  leader = from;
  clearTimeout(rest);
  rest = setTimeout(() => { leader = null; }, 120);
  const way = from.scrollHeight - from.clientHeight;
  const share = way > 0 ? from.scrollTop / way : 0;
  for (const other of columns) {
    if (other !== from) other.scrollTop = share * (other.scrollHeight - other.clientHeight);
  }
}

for (const column of columns) {
  column.addEventListener("scroll", () => follow(column), { passive: true });
  column.addEventListener("click", (event) => {
    const link = event.target.closest("a.claim-number");
    const other = link && link.hash && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!other || !other.closest(".pair .text")) return;
    event.preventDefault();
    history.pushState(null, "", link.hash);
    // Both passages come to the same height, so the eye goes straight across.
    leader = column;
    clearTimeout(rest);
    rest = setTimeout(() => { leader = null; }, 600);
    const there = other.closest(".text");
    const height = link.getBoundingClientRect().top - column.getBoundingClientRect().top;
    there.scrollTop += other.getBoundingClientRect().top - there.getBoundingClientRect().top - height;
    for (const marked of document.querySelectorAll(".pair .followed")) marked.classList.remove("followed");
    for (const end of [link, other]) (end.closest("mark") || end).classList.add("followed");
    other.focus({ preventScroll: true });
  });
}
