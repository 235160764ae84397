'use strict';
(function () {
  const figures = JSON.parse(document.getElementById('figures').textContent);
  const dark = window.matchMedia('(prefers-color-scheme: dark)');

  function theme() {
    const style = getComputedStyle(document.documentElement);
    const ink = style.getPropertyValue('--ink').trim();
    const soft = style.getPropertyValue('--soft').trim();
    const line = style.getPropertyValue('--line').trim();
    return {
      background: 'transparent',
      font: 'system-ui, sans-serif',
      axis: {labelColor: ink, titleColor: soft, gridColor: line, domainColor: soft, tickColor: soft, labelLimit: 220},
      legend: {labelColor: ink, titleColor: soft},
      view: {stroke: null},
      range: {category: dark.matches
        ? ['#7db7d8', '#f0a35e', '#8fd18f', '#e29bc9', '#c9c36a', '#b6a5e8']
        : ['#2c6e91', '#c4631a', '#3d8b40', '#a1437d', '#857c12', '#6a53b5']},
    };
  }

  function draw() {
    return Promise.all(figures.map((figure) =>
      vegaEmbed('#' + figure.id, figure.spec, {actions: false, renderer: 'svg', config: theme()})));
  }

  draw().then(() => document.documentElement.setAttribute('data-drawn', figures.length));
  dark.addEventListener('change', draw);
})();
