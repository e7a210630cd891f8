export { default } from "./mlflow.ts";
