/** The pool alone: undici's index also loads fetch, WebSocket and a cache, 8 MB and half of its time to load. */
declare module 'undici/lib/dispatcher/pool.js' {
  export { Pool as default } from 'undici';
}
