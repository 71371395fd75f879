import { DeviceConnector, DeviceReport } from './connectors.entity';
import { connectorRoutes } from './connectors.routes';

export const connectorsFeature = {
  name: 'connectors',
  entities: [DeviceConnector, DeviceReport],
  routes: connectorRoutes,
};
export { createConnectorRegistry } from './connectors.service';
export { deviceReportStream } from './device-report.stream';
export { createDeviceReports } from './device-reports';
