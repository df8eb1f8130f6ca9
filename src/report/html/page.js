// The policy of the page names this file by its hash: a test says what it is after a change.
"use strict";
(() => {
  const bar = document.getElementById("filters");
  if (!bar) return;
  const articles = Array.from(document.querySelectorAll("article"));
  const boxes = Array.from(bar.querySelectorAll("input[type=checkbox]"));
  const rule = document.getElementById("rule");
  const operation = document.getElementById("operation");
  const search = document.getElementById("search");
  const names = new Map(Array.from(rule.options).slice(1).map((option) => [option.value, option.text]));
  const texts = new Map();

  // Read once, and only when somebody searches.
  const textOf = (article) => {
    if (!texts.has(article)) texts.set(article, article.textContent.toLowerCase());
    return texts.get(article);
  };

  // Operations are written as numbers and runs of them: "0-3 7".
  const hasOperation = (article, wanted) =>
    article.dataset.operations.split(" ").some((run) => {
      const [first, last] = run.split("-");
      return run !== "" && Number(first) <= wanted && wanted <= Number(last ?? first);
    });

  const apply = () => {
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const bySeverity = new Map();
    const byRule = new Map();
    let shown = 0;
    for (const article of articles) {
      const severity = article.className;
      const isSevere = severities.has(severity);
      const isRule = rule.value === "" || article.dataset.rule === rule.value;
      const isRest =
        (operation.value === "" || hasOperation(article, Number(operation.value))) &&
        words.every((word) => textOf(article).includes(word));
      // Each count says what its own filter would show, with the others as they are.
      if (isRule && isRest) bySeverity.set(severity, (bySeverity.get(severity) ?? 0) + 1);
      if (isSevere && isRest) byRule.set(article.dataset.rule, (byRule.get(article.dataset.rule) ?? 0) + 1);
      article.hidden = !(isSevere && isRule && isRest);
      if (!article.hidden) shown += 1;
    }
    for (const span of bar.querySelectorAll("[data-count]")) span.textContent = bySeverity.get(span.dataset.count) ?? 0;
    for (const option of Array.from(rule.options).slice(1)) {
      option.text = `${names.get(option.value)} (${byRule.get(option.value) ?? 0})`;
    }
    document.getElementById("shown").textContent = `${shown} of ${articles.length} shown`;
  };

  const reset = () => {
    for (const box of boxes) box.checked = true;
    rule.value = operation.value = search.value = "";
    apply();
  };

  bar.addEventListener("input", apply);
  document.getElementById("reset").addEventListener("click", reset);
  bar.hidden = false;
  // Browsers keep what was chosen when a page is loaded again.
  apply();
})();
