export type { Template, TemplateError, TemplateNode } from './ast.ts';
export { withoutNeedlessFence } from './fences.ts';
export { githubTemplate } from './github.ts';
export { parseTemplate } from './parse.ts';
export type { ResolveProblem, VariableRead } from './meanings.ts';
export { type FindPartial, type FoundPartial, type Resolved, resolveTemplate } from './resolve.ts';
export { typesOf } from './scope.ts';
export { cut, type Piece, type TagPiece } from './tags.ts';
