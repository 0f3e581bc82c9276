// Starts Swagger UI on the document that the page holds.
(() => {
  "use strict";

  // Swagger UI has its dark colours under a class; the page's own follow the media query.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", follow);
  follow();

  const spec = JSON.parse(document.getElementById("document").textContent);
  // A page that is served by the sandbox calls the sandbox.
  const served = location.protocol === "http:" || location.protocol === "https:";
  if (served) {
    // An operation with servers of its own does not look at those of the document.
    const items = Object.values(spec.paths).flatMap((path) => Object.values(path));
    for (const { servers } of [spec, ...items]) {
      servers?.unshift({ url: location.origin, description: "This server" });
    }
  }

  // The page says itself what the API is, above.
  const withoutInfo = () => () => null;

  // A token is neither remembered by the browser nor sent to a spelling service.
  const unremembered = (Input, { React }) => (props) =>
    React.createElement(Input, { ...props, autoComplete: "off", spellCheck: false });

  // What has no name, or another one than it shows, for those who do not see it.
  const named = (selector, name) => (Original, { React }) => (props) => {
    const box = React.useRef(null);
    React.useEffect(() => {
      for (const element of box.current.querySelectorAll(selector)) {
        element.setAttribute("aria-label", name);
      }
    });
    const style = { display: "contents" };
    return React.createElement("div", { ref: box, style }, React.createElement(Original, props));
  };
  const namedByText = (Button, { React }) => (props) =>
    React.createElement(Button, { ...props, "aria-label": undefined });
  const close = (CloseIcon, { React }) => (props) =>
    React.createElement(CloseIcon, {
      ...props,
      role: "img",
      "aria-hidden": false,
      "aria-label": "Close",
    });

  // The dialog that takes the token: known as one, and left by the Escape key.
  const dialog = (Original, { React, authActions }) => (props) => {
    const onKeyDown = (event) => event.key === "Escape" && authActions.showDefinitions(false);
    const attributes = { role: "dialog", "aria-modal": true, "aria-label": "Authorize", onKeyDown };
    return React.createElement("div", attributes, React.createElement(Original, props));
  };

  const plugin = () => ({
    wrapComponents: {
      authorizationPopup: dialog,
      Button: namedByText,
      CloseIcon: close,
      curl: named(".copy-to-clipboard button", "Copy the command"),
      ExamplesSelect: named("select", "Example"),
      HighlightCode: named(".copy-to-clipboard button", "Copy"),
      InfoContainer: withoutInfo,
      Input: unremembered,
      RequestBodyEditor: named("textarea", "Request body"),
      Servers: named("select", "Server"),
    },
  });

  SwaggerUIBundle({
    spec,
    dom_id: "#swagger-ui",
    plugins: [plugin],
    docExpansion: "full",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    persistAuthorization: false,
    tryItOutEnabled: served,
    validatorUrl: null,
  });
})();
