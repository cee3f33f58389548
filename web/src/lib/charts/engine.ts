/** The parts of ECharts that the charts use, and no other: loaded by the server, and by a browser on first interaction. */
import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import { GraphicComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, setPlatformAPI, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { measure } from './measure.ts';

use([BarChart, CustomChart, LineChart, GraphicComponent, GridComponent, TooltipComponent, SVGRenderer]);
setPlatformAPI({ measureText: measure });

export { init };
