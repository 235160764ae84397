'use strict';
(function () {
  const figures = JSON.parse(document.getElementById('figures').textContent);
  const colors = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((i) => 'var(--c' + i + ')');
  const narrow = window.innerWidth < 640;

  // Colors are the page's own variables: light, dark and paper need no other drawing.
  const config = {
    background: 'transparent',
    font: 'system-ui, sans-serif',
    axis: {
      labelColor: 'var(--ink)', titleColor: 'var(--soft)', gridColor: 'var(--line)',
      domainColor: 'var(--soft)', tickColor: 'var(--soft)', titleFontWeight: 'normal',
      labelFontSize: 12, titleFontSize: 12, labelLimit: narrow ? 120 : 220,
      // Else the first and the last number are pushed against their neighbours.
      labelFlush: false, labelSeparation: 8,
    },
    legend: {
      labelColor: 'var(--ink)', titleColor: 'var(--soft)', labelFontSize: 12, labelLimit: narrow ? 240 : 400,
      columns: narrow ? 2 : 4, symbolStrokeWidth: 2,
    },
    text: {color: 'var(--ink)'},
    rule: {color: 'var(--c1)'},
    point: {color: 'var(--c1)'},
    line: {color: 'var(--c1)'},
    area: {color: 'var(--c1)'},
    bar: {color: 'var(--c1)'},
    view: {stroke: null},
    range: {category: colors},
  };

  Promise.all(figures.map((figure) =>
    vegaEmbed('#' + figure.id, figure.spec, {actions: false, renderer: 'svg', config: config})))
    .then(() => document.documentElement.setAttribute('data-drawn', figures.length));

  // Paper cannot unfold what is folded.
  let unfolded = [];
  window.addEventListener('beforeprint', () => {
    unfolded = Array.from(document.querySelectorAll('details:not([open])'));
    unfolded.forEach((one) => { one.open = true; });
  });
  window.addEventListener('afterprint', () => {
    unfolded.forEach((one) => { one.open = false; });
  });
})();
