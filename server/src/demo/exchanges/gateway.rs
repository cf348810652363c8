//! What stands in front of an API and answers when the API does not.

use crate::demo::plan::{Fault, Fields, refused};

const NGINX: Fields =
    &[("server", "nginx/1.26.2"), ("date", "@{http_date}"), ("content-type", "text/html"), ("connection", "close")];

/// nginx, when nothing behind it answers.
pub const BAD_GATEWAY: Fault = refused(
    3,
    502,
    NGINX,
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.26.2</center>\r\n</body>\r\n</html>\r\n",
);

/// A load balancer, when nothing behind it can take the request.
pub const UNAVAILABLE: Fault = refused(
    2,
    503,
    &[("content-type", "text/plain"), ("retry-after", "120"), ("server", "envoy"), ("date", "@{http_date}")],
    "upstream connect error or disconnect/reset before headers. reset reason: connection failure",
);

/// nginx, when what is behind it takes too long.
pub const GATEWAY_TIMEOUT: Fault = refused(
    3,
    504,
    NGINX,
    "<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n<body>\r\n<center><h1>504 Gateway Time-out</h1></center>\r\n<hr><center>nginx/1.26.2</center>\r\n</body>\r\n</html>\r\n",
)
.taking(29_000, 30_000);

/// The API itself, when something in it broke.
pub const INTERNAL: Fault = refused(
    3,
    500,
    &[("content-type", "application/json"), ("date", "@{http_date}"), ("x-request-id", "@{uuid}")],
    r#"{"timestamp":"@{iso}","status":500,"error":"Internal Server Error","message":"could not serialize access due to concurrent update","path":"/v2/orders"}"#,
);

/// A page for people where a picture was asked for.
pub const HTML_NOT_FOUND: Fault = refused(
    12,
    404,
    NGINX,
    "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Page not found</title></head>\n<body><h1>We could not find that page</h1><p>The label may have expired. <a href=\"/\">Go to the shop</a></p></body>\n</html>\n",
);

/// A content network, when the shop's payment service takes too long.
pub const CLOUD_TIMEOUT: Fault = refused(
    4,
    524,
    &[
        ("date", "@{http_date}"),
        ("content-type", "text/html; charset=UTF-8"),
        ("server", "cloudflare"),
        ("cf-ray", "@{hex:16}-FRA"),
        ("cache-control", "private, max-age=0, no-store, no-cache"),
    ],
    "<!DOCTYPE html>\n<!--[if lt IE 7]> <html class=\"no-js ie6 oldie\" lang=\"en-US\"> <![endif]-->\n<!--[if gt IE 8]><!--> <html class=\"no-js\" lang=\"en-US\"> <!--<![endif]-->\n<head>\n<title>pay.example.org | 524: A timeout occurred</title>\n<meta charset=\"UTF-8\" />\n<meta name=\"robots\" content=\"noindex, nofollow\" />\n</head>\n<body>\n<div id=\"cf-wrapper\"><div id=\"cf-error-details\" class=\"p-0\">\n<header class=\"mx-auto pt-10 lg:pt-6 lg:px-8 w-240 lg:w-full mb-8\">\n<h1 class=\"inline-block sm:block sm:mb-2 font-light text-60 lg:text-4xl text-black-dark leading-tight mr-2\"><span class=\"inline-block\">A timeout occurred</span> <span class=\"code-label\">Error code 524</span></h1>\n</header>\n<p>The origin web server timed out responding to this request.</p>\n<p>Ray ID: <strong>@{hex:16}</strong></p>\n</div></div>\n</body>\n</html>\n",
)
.taking(20_000, 28_000);

/// nginx, on a URL longer than its buffer.
pub const URI_TOO_LONG: &str = "<html>\r\n<head><title>414 Request-URI Too Large</title></head>\r\n<body>\r\n<center><h1>414 Request-URI Too Large</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

/// nginx, on a body longer than it takes.
pub const TOO_LARGE: &str = "<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n<center><h1>413 Request Entity Too Large</h1></center>\r\n<hr><center>nginx/1.26.2</center>\r\n</body>\r\n</html>\r\n";
