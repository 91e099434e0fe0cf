"""The style and the script of a migration's page."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --back: #fff; --text: #1c2128; --soft: #59636e; --line: #d1d9e0; --card: #f6f8fa; --link: #0757ba;
  --good: #116329; --bad: #a40e26; --warn: #7a4d00; --ins: #dafbe1; --del: #ffebe9; }
@media (prefers-color-scheme: dark) { :root { --back: #0d1117; --text: #e6edf3; --soft: #9aa4af; --line: #3d444d; --card: #161b22;
  --link: #79b8ff; --good: #57ab5a; --bad: #ff8182; --warn: #d8a12f; --ins: #12361f; --del: #4b1113; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 1rem; }
h1 { margin: 0; font-size: 1.6rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.2rem; } h3 { margin: 1rem 0 0; font-size: 1rem; }
a { color: var(--link); } code, pre { font: .875em/1.45 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { margin: .5rem 0; padding: .5rem; overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
pre ins, pre del { display: inline-block; min-width: 100%; text-decoration: none; } pre ins { background: var(--ins); }
pre del { background: var(--del); } small, .note, .brief { color: var(--soft); overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .5rem; }
.tile { padding: .5rem .75rem; background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
.tile { color: inherit; text-decoration: none; } .tile b { display: block; font-size: 1.5rem; line-height: 1.2; }
table { width: 100%; border-collapse: collapse; } th, td { padding: .3rem .5rem; text-align: left; vertical-align: top; }
th { color: var(--soft); font-weight: 600; } tr { border-bottom: 1px solid var(--line); } meter { width: 6rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .5rem 0; } form[hidden] { display: none; }
input, select { padding: .4rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
input { flex: 1 1 14rem; min-width: 0; } output { color: var(--soft); }
.repository { border-bottom: 1px solid var(--line); } .repository summary { padding: .4rem 0; cursor: pointer; overflow-wrap: anywhere; }
.committed, .pushed, .pr-open, .verified { color: var(--good); } .failed, .culled { color: var(--bad); } .skipped { color: var(--warn); }
.tile.committed, .tile.pushed, .tile.pr-open, .tile.failed, .tile.skipped { border-left: 4px solid; color: inherit; }
.tile.committed, .tile.pushed, .tile.pr-open { border-left-color: var(--good); } .tile.failed { border-left-color: var(--bad); }
.tile.skipped { border-left-color: var(--warn); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .75rem; margin: 0 0 .75rem; } dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; min-width: 0; } [hidden] { display: none; }
@media (max-width: 40rem) {
  thead { display: none; } tr { display: block; padding: .4rem 0; } td { display: block; padding: .05rem 0; overflow-wrap: anywhere; }
  td code { white-space: normal; } td::before { content: attr(data-head) ": "; color: var(--soft); } td:empty { display: none; }
  dl { grid-template-columns: 1fr; } dt { margin-top: .3rem; }
}
"""

SCRIPT = """
"use strict";
const form = document.getElementById("filter"), rows = [...document.querySelectorAll(".repository")];
const words = document.getElementById("words"), state = document.getElementById("state"), rule = document.getElementById("rule");
const texts = new Map();
const textOf = row => { if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase()); return texts.get(row); };
function filter() {
  const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let count = 0;
  for (const row of rows) {
    const shown = (!state.value || row.dataset.state === state.value)
      && (!rule.value || row.dataset.rules.split(" ").includes(rule.value))
      && wanted.every(word => textOf(row).includes(word));
    row.hidden = !shown;
    count += shown;
  }
  document.getElementById("count").textContent = count + " of " + rows.length;
}
// What is filtered for stands in the address, so that a link can say it: #state=failed&rule=range-len&words=app
function read() {
  const said = new URLSearchParams(location.hash.slice(1));
  if (location.hash === "" || ["words", "state", "rule"].some(name => said.has(name))) {
    words.value = said.get("words") || "";
    state.value = said.get("state") || "";
    rule.value = said.get("rule") || "";
    if (location.hash) form.scrollIntoView();
  }
  filter();
}
function write() {
  const said = new URLSearchParams();
  for (const field of [words, state, rule]) if (field.value) said.set(field.id, field.value);
  history.replaceState(null, "", "#" + said);
  filter();
}
form.hidden = false;
form.addEventListener("input", write);
form.addEventListener("submit", event => event.preventDefault());
window.addEventListener("hashchange", read);
read();
"""
