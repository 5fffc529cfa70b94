// This file holds the types of TLS that other packages name.

// Package tls will hold TLS. So far it has only the types that package net/http
// has fields of, so that programs which look at them (r.TLS != nil) compile;
// making a TLS connection with net/http is an error that says so.
package tls

// Versions of the protocol.
const (
	VersionTLS10 = 0x0301
	VersionTLS11 = 0x0302
	VersionTLS12 = 0x0303
	VersionTLS13 = 0x0304
)

// ConnectionState describes a connection.
type ConnectionState struct {
	Version            uint16
	HandshakeComplete  bool
	DidResume          bool
	CipherSuite        uint16
	NegotiatedProtocol string
	ServerName         string
}

// A Config says how connections are made.
type Config struct {
	ServerName         string
	InsecureSkipVerify bool
	NextProtos         []string
	MinVersion         uint16
	MaxVersion         uint16
}

// Clone returns a copy.
func (c *Config) Clone() *Config {
	if c == nil {
		return nil
	}
	d := *c
	return &d
}
