//! stub
#![expect(missing_docs, reason = "stub")]
use crate::facts::Api;
#[derive(Debug, Default)]
pub struct RouteOptions {
    pub servers: Vec<String>,
    pub strict_host: bool,
}
#[derive(Clone, Copy, Debug)]
pub struct Target {
    pub api: usize,
    pub path: usize,
}
#[derive(Debug)]
pub struct PathParameter {
    pub name: String,
    pub value: String,
}
#[derive(Debug)]
pub enum Route {
    Operation { target: Target, operation: usize, borrows_get: bool, rivals: Vec<Target>, parameters: Vec<PathParameter> },
    Method { target: Target, parameters: Vec<PathParameter> },
    Path { api: usize, hint: Option<String> },
    OutsideBase { api: usize },
    Foreign,
}
#[derive(Debug)]
pub struct Router {
    known: Vec<(usize, usize, String, Vec<(String, usize)>)>,
}
impl Router {
    pub fn new(apis: &[&Api<'_>], _: &RouteOptions) -> Router {
        let mut known = Vec::new();
        for (a, api) in apis.iter().enumerate() {
            for (p, path) in api.paths.iter().enumerate() {
                known.push((
                    a,
                    p,
                    path.template.to_string(),
                    path.operations.clone().map(|o| (api.operations[o].method.clone(), o)).collect(),
                ));
            }
        }
        Router { known }
    }
    pub fn route(&self, method: &str, url: &str) -> Route {
        let path = url.split_once("://").map_or(url, |(_, r)| &r[r.find('/').unwrap_or(r.len())..]);
        let path = path.split('?').next().unwrap();
        for (api, p, template, ops) in &self.known {
            let (t, u): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
            if t.len() == u.len() && t.iter().zip(&u).all(|(t, u)| t.starts_with('{') || t == u) {
                let target = Target { api: *api, path: *p };
                return match ops
                    .iter()
                    .find(|(m, _)| m == method)
                    .or_else(|| ops.iter().find(|(m, _)| method == "HEAD" && m == "GET"))
                {
                    Some((m, o)) => {
                        Route::Operation { target, operation: *o, borrows_get: m != method, rivals: vec![], parameters: vec![] }
                    }
                    None => Route::Method { target, parameters: vec![] },
                };
            }
        }
        Route::Path { api: 0, hint: None }
    }
}
pub fn path_shape(path: &str) -> String {
    path.to_owned()
}
