import { type AnyComponent, type FunctionComponent, h, type VNode } from "preact";
import type { Context, PageProps } from "./context.ts";
import type { AsyncComponent, RouteComponent } from "./route.ts";

/**
 * The element of a page, layout or app wrapper. Async components are awaited, and may answer the
 * request themselves.
 */
export async function renderComponent<State>(
  ctx: Context<State>,
  component: RouteComponent<State>,
  data: unknown,
  Component: FunctionComponent,
): Promise<VNode | Response | null> {
  const { config, url, req, params, info, state, isPartial, error, route } = ctx;
  const props: PageProps<unknown, State> = {
    config,
    url,
    req,
    params,
    info,
    state,
    isPartial,
    error,
    route,
    data,
    Component,
  };
  if (!isAsync(component)) return h(component, props) as VNode;
  // It is called as a plain function, so hooks do not work in it.
  return await component(props);
}

function isAsync<Props>(
  component: AnyComponent<Props> | AsyncComponent<Props>,
): component is AsyncComponent<Props> {
  return component.constructor.name === "AsyncFunction";
}
