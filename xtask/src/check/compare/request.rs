//! What the page says of the request: its title, its example, its addresses, its parameters.

use super::{
    super::finding::{Said, Verdict},
    Compare, host_of, paste,
};
use face_search_enroll_vendor_page::{Body, Parameter};

impl Compare<'_> {
    pub(super) fn title(&mut self) {
        let title = &self.contract.title;
        self.checked.fact(
            "title",
            self.page
                .title
                .as_ref()
                .map(|it| Said::on_page(&it.value, it.line)),
            Some(Said::new(&title.value, title.at.line)),
            "write it as info.title",
        );
    }

    pub(super) fn request_example(&mut self) {
        let Some(example) = &self.page.request_example else {
            return;
        };
        let operation = &self.contract.operation;
        let method = &operation.method;
        self.checked.fact(
            "request example method",
            example
                .method
                .as_ref()
                .map(|it| Said::on_page(&it.value, it.line)),
            Some(Said::new(&method.value, method.at.line)),
            "write it as the method of the operation",
        );
        if let Some(address) = &example.address {
            let known = self
                .urls()
                .into_iter()
                .find(|(url, _)| *url == address.value);
            self.checked.fact(
                "request example address",
                Some(Said::on_page(&address.value, address.line)),
                known.map(|(url, line)| Said::new(url, line)),
                "write a server for its host, or mend the path",
            );
        }
        for header in &example.headers {
            let fact = format!("request example header {}", header.name);
            if header.name.eq_ignore_ascii_case("content-type") {
                let media_type = &operation.request.media_type;
                self.checked.fact(
                    fact,
                    Some(Said::on_page(&header.value, header.line)),
                    Some(Said::new(&media_type.value, media_type.at.line)),
                    "write it as the media type of the request body",
                );
            } else {
                let token = &operation.token_header;
                let known =
                    (header.name == token.value).then(|| Said::new(&header.name, token.at.line));
                self.checked.fact(
                    fact,
                    Some(Said::on_page(&header.name, header.line)),
                    known,
                    "write it as a security scheme or a header parameter",
                );
            }
        }
        self.request_body(example.body.as_ref());
        for slip in &example.slips {
            self.checked.found(
                Verdict::Differs,
                format!("request example slip {}", slip.kind),
                Some(Said::on_page(slip.kind.as_str(), slip.line)),
                None,
                "the command cannot run as printed; write an erratum",
            );
        }
    }

    fn request_body(&mut self, body: Option<&Body>) {
        let Some(body) = body else { return };
        let Some(json) = self.readable_body("request example body", body) else {
            return;
        };
        let own = &self.contract.request_examples;
        let same = own
            .iter()
            .find(|example| example.body.value == json)
            .or(own.first());
        self.checked.fact(
            "request example body",
            Some(Said::on_page(json.to_string(), body.line)),
            same.map(|example| Said::new(example.body.to_string(), example.body.at.line)),
            "write it as the value of the request example",
        );
    }

    pub(super) fn addresses(&mut self) {
        let operation = &self.contract.operation;
        let (method, media_type) = (&operation.method, &operation.request.media_type);
        for address in &self.page.addresses {
            let said = |text: &Option<String>| Some(Said::on_page(text.as_deref()?, address.line));
            let url = &address.url;
            let server = self.server_of(url);
            let hint = match server {
                Some(_) => "mend the path, or write a contract for the other one".to_owned(),
                None => paste::new_server(url),
            };
            self.checked.fact(
                format!("address {url}"),
                Some(Said::on_page(url, address.line)),
                server,
                hint,
            );
            self.checked.fact(
                format!("address {url} method"),
                said(&address.method),
                Some(Said::new(&method.value, method.at.line)),
                "a contract has one method; ask the vendor, and write an erratum or mend it",
            );
            self.checked.fact(
                format!("address {url} media type"),
                said(&address.media_type),
                Some(Said::new(&media_type.value, media_type.at.line)),
                "a contract has one media type; ask the vendor, and write an erratum or mend it",
            );
        }
        for (url, line) in self.urls() {
            let host = host_of(&url);
            if !self
                .page
                .addresses
                .iter()
                .any(|address| host_of(&address.url) == host)
            {
                self.checked.fact(
                    format!("address {url}"),
                    None,
                    Some(Said::new(&url, line)),
                    "take the server away: callers of this region lose it, so ask the vendor first",
                );
            }
        }
    }

    /// The contract's address at the host of `url`.
    fn server_of(&self, url: &str) -> Option<Said> {
        let mut urls = self.urls().into_iter();
        let (known, line) = urls.find(|(known, _)| host_of(known) == host_of(url))?;
        Some(Said::new(known, line))
    }

    pub(super) fn header_parameters(&mut self) {
        let token = &self.contract.operation.token_header;
        for parameter in &self.page.header_parameters {
            let known = parameter.name == token.value;
            self.checked.fact(
                format!("header parameter {}", parameter.name),
                Some(Said::on_page(&parameter.name, parameter.line)),
                known.then(|| Said::new(&token.value, token.at.line)),
                "write it as the name of the security scheme, or as a header parameter",
            );
            if known {
                // The value of an apiKey is always a string.
                self.parameter_type(
                    "header parameter",
                    parameter,
                    Some(Said::new("string", token.at.line)),
                );
            }
        }
        if !self
            .page
            .header_parameters
            .iter()
            .any(|parameter| parameter.name == token.value)
        {
            self.checked.fact(
                format!("header parameter {token}"),
                None,
                Some(Said::new(&token.value, token.at.line)),
                "the token may have another header now; mend the name of the security scheme",
            );
        }
    }

    fn parameter_type(&mut self, kind: &str, parameter: &Parameter, spec: Option<Said>) {
        if let Some(type_name) = &parameter.type_name {
            self.checked.fact(
                format!("{kind} {} type", parameter.name),
                Some(Said::on_page(type_name, parameter.line)),
                spec,
                "write it as the type of the property",
            );
        }
    }

    pub(super) fn request_parameters(&mut self) {
        let body = &self.contract.operation.request;
        for parameter in &self.page.request_parameters {
            let field = body
                .fields
                .iter()
                .find(|field| field.name.value == parameter.name);
            self.checked.fact(
                format!("request parameter {}", parameter.name),
                Some(Said::on_page(&parameter.name, parameter.line)),
                field.map(|field| Said::new(&field.name.value, field.name.at.line)),
                format!("write it under properties of {}", body.schema),
            );
            let kind = self.property(&body.schema, &parameter.name, "type");
            if field.is_some() {
                self.parameter_type("request parameter", parameter, kind);
            }
        }
        for field in &body.fields {
            if !self
                .page
                .request_parameters
                .iter()
                .any(|it| it.name == field.name.value)
            {
                self.checked.fact(
                    format!("request parameter {}", field.name),
                    None,
                    Some(Said::new(&field.name.value, field.name.at.line)),
                    format!("take it from the properties of {}", body.schema),
                );
            }
        }
    }
}
