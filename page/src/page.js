// Starts Swagger UI with the document that is embedded in the page.
(() => {
  "use strict";

  // Swagger UI switches to dark colours by a class. The page itself uses the media query.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", follow);
  follow();

  const spec = JSON.parse(document.getElementById("document").textContent);
  // A page from the sandbox calls the sandbox.
  const served = location.protocol === "http:" || location.protocol === "https:";
  if (served) {
    // Swagger UI ignores the servers of the document for an operation with servers of its own.
    const items = Object.values(spec.paths).flatMap((path) => Object.values(path));
    for (const { servers } of [spec, ...items]) {
      servers?.unshift({ url: location.origin, description: "This server" });
    }
  }

  // The page has its own overview.
  const withoutInfo = () => () => null;

  // The browser must not store the token or send it to a spelling service.
  const unremembered = (Input, { React }) => (props) =>
    React.createElement(Input, { ...props, autoComplete: "off", spellCheck: false });

  // Accessible names for elements that have none, or one that differs from the visible text.
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

  // Marks the dialog for the token as a dialog, and closes it with the Escape key.
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
