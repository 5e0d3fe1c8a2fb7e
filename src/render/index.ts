export { contentDigest, digestOf, repeatableNonce } from './digest.ts';
export { normalForm } from './normal-form.ts';
export { plainSchema } from './plain-schema.ts';
export { type RepeatableOptions, type Renderer, rendererOf } from './renderer.ts';
export { runtimePrompt } from './runtime-prompt.ts';
