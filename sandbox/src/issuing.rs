//! What an operation needs to issue tokens: where a token stands in its answer, and for how long one
//! is good.

use std::time::Duration;

use face_search_enroll_contract::{Contract, Field, Operation, envelope, yaml::Node};

use crate::body::Members;

/// How long a token is good where neither the contract nor the owner of the sandbox says it.
const LIFE: Duration = Duration::from_secs(3600);

/// An operation that issues tokens.
#[derive(Debug)]
pub(crate) struct Issuing {
    /// The member of the answer's data that is the token.
    pub(crate) token: String,
    /// The member beside it that says when it expires.
    pub(crate) expiry: Option<String>,
    /// The field of the request that says how many seconds it is to be good.
    period: Option<Field>,
}

impl Issuing {
    /// An operation issues tokens if the data of its answer has a text that is kept like a password.
    pub(crate) fn read(contract: &Contract, operation: &Operation) -> Option<Self> {
        let root = &contract.tree;
        let schema = schema(root, &operation.response.schema)?;
        let data = schema.at_path(&["properties", envelope::DATA])?;
        let reference = data.get("$ref").and_then(Node::as_str);
        let name = reference.and_then(|name| name.strip_prefix("#/components/schemas/"));
        let data = name.map_or(Some(data), |name| self::schema(root, name))?;
        let member = |is_meant: fn(&Node) -> bool| {
            let mut members = data.get("properties")?.entries().iter();
            let (name, _) = members.find(|(_, member)| is_meant(member))?;
            Some(name.text.clone())
        };
        Some(Self {
            token: member(is_secret)?,
            expiry: member(|node| node.get("x-clock").is_some()),
            period: operation
                .request
                .fields
                .iter()
                .find(|field| field.default.is_some())
                .cloned(),
        })
    }

    /// How long a token is good that `request` asks for.
    pub(crate) fn life(&self, request: Option<&Members>) -> Duration {
        let Some(period) = &self.period else {
            return LIFE;
        };
        let asked = request.and_then(|request| request.get(&*period.name)?.as_i64());
        let seconds = asked.or(period.default);
        seconds
            .and_then(|seconds| u64::try_from(seconds).ok())
            .map_or(LIFE, Duration::from_secs)
    }
}

fn schema<'n>(root: &'n Node, name: &str) -> Option<&'n Node> {
    root.at_path(&["components", "schemas", name])
}

fn is_secret(member: &Node) -> bool {
    let is = |key, text| member.get(key).and_then(Node::as_str) == Some(text);
    is("type", "string") && is("format", "password")
}
