// `pipeline doctor`.
import { describeFindings } from "../doctor/describeFindings.ts";
import { examine } from "../doctor/examine.ts";
import { EXIT, type ExitCode } from "../PipelineError.ts";
import { printJson } from "./printJson.ts";

/** The flags of `doctor`. */
export interface DoctorFlags {
  readonly json?: boolean;
}

/** Prints what this machine is and how the kernels do on it; resolves with 1 if they don't do what they should. */
export async function doctorCommand(flags: DoctorFlags): Promise<ExitCode> {
  const findings = await examine();
  if (flags.json) printJson(findings);
  else process.stdout.write(describeFindings(findings));
  return findings.narrow.selfTest === "passed" && findings.wide.selfTest !== "failed" ? EXIT.done : EXIT.unexpected;
}
