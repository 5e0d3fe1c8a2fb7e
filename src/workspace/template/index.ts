export type { Template, TemplateError, TemplateNode } from './ast.ts';
export { withoutNeedlessFence } from './fences.ts';
export { githubTemplate } from './github.ts';
export { parseTemplate } from './parse.ts';
export {
  type FindPartial,
  type FoundPartial,
  type Resolved,
  type ResolveProblem,
  resolveTemplate,
  type VariableRead,
} from './resolve.ts';
export { typesOf } from './scope.ts';
export { cut, type Piece, type TagPiece } from './tags.ts';
