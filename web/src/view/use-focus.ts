import { useEffect, useRef } from "preact/hooks"

/** Focuses a new result, so that a screen reader and a keyboard continue there. */
export function useFocus(subject: string): { current: HTMLHeadingElement | null } {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
  }, [subject])
  return heading
}
