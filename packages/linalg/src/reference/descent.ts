// Steps of one parameter in f64, from their definitions.

/** A gradient as a step takes it: scaled, clipped, with decay·w added. */
export function takenGradient(g: number, w: number, scale: number, clip: number, decay: number): number {
  return Math.max(-clip, Math.min(clip, g * scale)) + decay * w;
}

/** Gradient descent with momentum: returns the new value and updates the velocity. */
export function sgd(w: number, g: number, state: { velocity: number }, eta: number, momentum: number, nesterov: boolean): number {
  state.velocity = momentum * state.velocity + g;
  return w - eta * (nesterov ? g + momentum * state.velocity : state.velocity);
}

/** RMSProp: returns the new value and updates the running mean square. */
export function rmsProp(w: number, g: number, state: { v: number }, eta: number, rho: number, epsilon: number): number {
  state.v = rho * state.v + (1 - rho) * g * g;
  return w - (eta * g) / (Math.sqrt(state.v) + epsilon);
}
