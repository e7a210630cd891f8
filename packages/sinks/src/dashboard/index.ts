export { dashboardSink as default, type DashboardOptions } from "./plugin.ts";
