//! Request types.

use crate::token::token_enum;

token_enum! {
    /// What the product calls the request type: an HTTP method, or the platform's own `C2E`.
    pub enum Method {
        /// HTTP GET.
        Get = "GET",
        /// HTTP POST.
        Post = "POST",
        /// HTTP PUT.
        Put = "PUT",
        /// HTTP DELETE.
        Delete = "DELETE",
        /// The platform's C2E request type; nothing expands the letters.
        C2e = "C2E",
        /// HTTP PATCH.
        Patch = "PATCH",
        /// HTTP HEAD.
        Head = "HEAD",
        /// HTTP OPTIONS.
        Options = "OPTIONS",
    }
}
