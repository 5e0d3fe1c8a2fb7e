import { findModel, parseModelId } from '../tokens/models/index.ts';

/** Who serves a model: its own word for it, a known alias resolved, or what the tables know of a bare name. */
export function publisherOf(model: string): string {
  const { publisher } = parseModelId(model);
  if (publisher !== undefined) return publisher;
  const cut = model.indexOf('/');
  return cut > 0 ? model.slice(0, cut).toLowerCase() : (findModel(model)?.publisher ?? model);
}
