/** The parts of ECharts that the charts use, and no other: loaded by the server, and by a browser on first interaction. */
import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import { GraphicComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, CustomChart, LineChart, GraphicComponent, GridComponent, TooltipComponent, SVGRenderer]);

export { init };
