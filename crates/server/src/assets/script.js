// Two reports side by side scroll together: by the share of the way, and where a number is followed, or an
// address leads to a passage, the other report comes along to the same height. A number under the pointer or the
// focus shows both passages. Everything works without this.
"use strict";
const columns = [...document.querySelectorAll(".pair .text")];
let leader = null;
let rest = 0;

// For a moment only one column leads: what the others do then is following.
function lead(column, time) {
  leader = column;
  clearTimeout(rest);
  rest = setTimeout(() => { leader = null; }, time);
}

function follow(column) {
  if (leader && leader !== column) return;
  lead(column, 120);
  const way = column.scrollHeight - column.clientHeight;
  const share = way > 0 ? column.scrollTop / way : 0;
  for (const other of columns) {
    if (other !== column) other.scrollTop = share * (other.scrollHeight - other.clientHeight);
  }
}

// What a number leads to, where it is on this page.
function passageOf(link) {
  return link.hash && link.pathname === location.pathname ? document.getElementById(link.hash.slice(1)) : null;
}

function mark(link, passage) {
  for (const marked of document.querySelectorAll(".pair .followed")) marked.classList.remove("followed");
  for (const end of [link, passage]) (end.closest("mark") || end).classList.add("followed");
}

// Brings what a number leads to beside it.
function align(link) {
  const passage = passageOf(link);
  const there = passage && passage.closest(".pair .text");
  const here = link.closest(".text");
  if (!there || there === here) return false;
  lead(here, 600);
  const height = link.getBoundingClientRect().top - here.getBoundingClientRect().top;
  there.scrollTop += passage.getBoundingClientRect().top - there.getBoundingClientRect().top - height;
  mark(link, passage);
  return true;
}

for (const column of columns) {
  for (const kind of ["mouseover", "focusin"]) {
    column.addEventListener(kind, (event) => {
      const link = event.target.closest("a.claim-number");
      const passage = link && passageOf(link);
      if (passage) mark(link, passage);
    });
  }
  column.addEventListener("scroll", () => follow(column), { passive: true });
  column.addEventListener("click", (event) => {
    const link = event.target.closest("a.claim-number");
    if (!link || !align(link)) return;
    event.preventDefault();
    history.pushState(null, "", link.hash);
    document.getElementById(link.hash.slice(1)).focus({ preventScroll: true });
  });
}

function alignNamed() {
  const named = location.hash && document.getElementById(location.hash.slice(1));
  if (named && named.matches("a.claim-number")) align(named);
}
addEventListener("popstate", alignNamed);
alignNamed();
