declare module 'asciichart' {
  export function plot(
    series: readonly number[],
    options?: { readonly height?: number; readonly min?: number; readonly max?: number },
  ): string
}
