declare const __PROMPTCTL_VERSION__: string | undefined;

/** The package's version, which the build writes in; `0.0.0-source` where the source runs unbuilt. */
export const VERSION: string = typeof __PROMPTCTL_VERSION__ === 'string' ? __PROMPTCTL_VERSION__ : '0.0.0-source';
