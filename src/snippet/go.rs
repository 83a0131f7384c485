//! Go with its standard library, which drops the header on another host unless it is set again.

use super::call::Call;
use super::quote::{Charset, Printable};
use super::template::{Literals, fill};

const TEMPLATE: &str = r#"
package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	«body»"strings"
	"time"
)

// The token goes to these addresses alone, wherever the service redirects to.
var trusted = regexp.MustCompile(«TRUSTED»)

func call(token string) error {
	«body»body := strings.NewReader(«BODY»)
	request, err := http.NewRequest("«METHOD»", «URL», «BODY_NAME»)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	«body»request.Header.Set("Content-Type", "application/json")
	client := http.Client{Timeout: 30 * time.Second}
	client.CheckRedirect = func(next *http.Request, before []*http.Request) error {
		status := next.Response.StatusCode
		if (status != 307 && status != 308) || len(before) > 3 || !trusted.MatchString(next.URL.String()) {
			return errors.New("not followed: a redirect to another place")
		}
		next.Header.Set("Authorization", "Bearer "+token)
		return nil
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(os.Stdout, response.Body); err != nil {
		return err
	}
	if response.StatusCode/100 != 2 {
		return errors.New("the service answered " + response.Status)
	}
	return nil
}

func main() {
	token := «TOKEN»
	«variable»if token == "" {
	«variable»	fmt.Fprintln(os.Stderr, "«VARIABLE» has to hold the token")
	«variable»	os.Exit(2)
	«variable»}
	if err := call(token); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
"#;

pub(super) fn snippet(call: &Call) -> String {
    let writes = Literals {
        charset: Charset::Utf8,
        literal: Printable::in_go,
        pattern: None,
        variable: |name| format!("os.Getenv(\"{name}\")"),
    };
    let body = if call.body.is_some() { "body" } else { "nil" };
    fill(&TEMPLATE.replace("«BODY_NAME»", body), &writes, call)
}
