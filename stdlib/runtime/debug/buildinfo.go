// This file holds what is known about how the program was built.

package debug

// BuildInfo says what a program was built from.
type BuildInfo struct {
	GoVersion string
	Path      string
	Main      Module
	Deps      []*Module
	Settings  []BuildSetting
}

// Module is one module of a build.
type Module struct {
	Path    string
	Version string
	Sum     string
	Replace *Module
}

// BuildSetting is one setting of a build.
type BuildSetting struct {
	Key, Value string
}

// ReadBuildInfo reports that programs don't carry this information.
func ReadBuildInfo() (info *BuildInfo, ok bool) { return nil, false }
