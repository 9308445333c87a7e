/* Charts on canvas, from a table's numbers in <script type="application/json">. The table itself stays in the page beneath.
   Shape: {unit, categories: [str], series: [{name, values: [num|null], role: "value"|"target"|"other", kind: "bar"|"line"}],
   urls: [str|null]}; a click on a category follows its address. Tooltips are drawn, not markup, because the content policy
   forbids inline style. */
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, LineChart, CanvasRenderer, GridComponent, LegendComponent, TooltipComponent]);

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const drawn = new WeakSet();

function series(one) {
  const target = one.role === "target";
  const color = target ? token("--late") : one.role === "other" ? token("--tea-mid") : token("--sea");
  return {
    name: one.name, type: one.kind, data: one.values, barMaxWidth: 18, symbol: target ? "none" : "emptyCircle", symbolSize: 6,
    itemStyle: { color }, lineStyle: { color, width: target ? 1.5 : 2, type: target ? "dashed" : "solid" },
  };
}

/* In the legend a target is a line, never a dot. */
function key(one) {
  return { name: one.name, icon: one.role === "target" ? "path://M0 6h16v2H0z" : one.kind === "bar" ? "roundRect" : "circle" };
}

function options(data) {
  const number = (value) => (value == null ? "—" : `${Number(value).toLocaleString("en-US")} ${data.unit}`);
  const axis = { axisLabel: { color: token("--quiet") }, axisTick: { show: false } };
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 14, top: data.series.length > 1 ? 34 : 14, bottom: 4, containLabel: true },
    legend: { show: data.series.length > 1, data: data.series.map(key), left: 0, top: 0, itemWidth: 16, textStyle: { color: token("--quiet") } },
    tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: number, confine: true },
    xAxis: { type: "category", data: data.categories, ...axis, axisLine: { lineStyle: { color: token("--line") } } },
    yAxis: { type: "value", ...axis, splitLine: { lineStyle: { color: token("--hair") } } },
    series: data.series.map(series),
  };
}

function draw(figure) {
  const data = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
  const plot = figure.querySelector("[data-shanhai-plot]");
  const chart = init(plot);
  chart.setOption(options(data));
  chart.getZr().on("click", (event) => {
    const index = chart.convertFromPixel({ xAxisIndex: 0 }, event.offsetX);
    if (data.urls?.[index]) location.assign(data.urls[index]);
  });
  new ResizeObserver(() => chart.resize()).observe(plot);
}

function drawAll() {
  for (const figure of document.querySelectorAll("[data-shanhai-chart]")) {
    if (drawn.has(figure)) continue;
    drawn.add(figure);
    draw(figure);
  }
}

drawAll();
document.addEventListener("htmx:after:swap", drawAll);
