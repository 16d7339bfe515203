import { useEffect, useRef } from "preact/hooks"

/** Moves the focus to a new result, so that a screen reader and a keyboard go on from there. */
export function useFocus(subject: string): { current: HTMLHeadingElement | null } {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
  }, [subject])
  return heading
}
