; The installer for Windows, for one person and without an administrator's rights.
; NOT YET VERIFIED: nobody of the project has built the program for Windows or run this.
;
;   cargo build --locked --release --bin setpoint
;   cargo run --example pages -- target\pages
;   python packaging\licences > target\pages\third-party-licences.txt
;   makensis /DVERSION=0.1.0 packaging\windows\setpoint.nsi
;
; PROGRAM, PAGES and OUT may name other places: /DPROGRAM=... and so on. Paths without a drive begin
; at this folder, into which makensis goes.

Unicode true
SetCompressor /SOLID lzma

!ifndef VERSION
  !error "Name the version: makensis /DVERSION=0.1.0"
!endif
!ifndef PROGRAM
  !define PROGRAM "..\..\target\release\setpoint.exe"
!endif
!ifndef PAGES
  !define PAGES "..\..\target\pages"
!endif
!ifndef OUT
  !define OUT "..\..\target\setpoint-${VERSION}-setup.exe"
!endif
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Setpoint"
!define LINK "Software\Classes\setpoint"

Name "Setpoint"
OutFile "${OUT}"
Icon "${PAGES}\icons\setpoint.ico"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Setpoint"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Section
  SetOutPath "$INSTDIR"
  File "/oname=setpoint.exe" "${PROGRAM}"
  File "${PAGES}\icons\setpoint.ico"
  File "${PAGES}\completions\_setpoint.ps1"
  File "${PAGES}\third-party-licences.txt"
  File "..\..\LICENSE-MIT"
  File "..\..\LICENSE-APACHE"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Setpoint.lnk" "$INSTDIR\setpoint.exe" "" "$INSTDIR\setpoint.ico"

  ; setpoint:// links
  WriteRegStr HKCU "${LINK}" "" "URL:Setpoint"
  WriteRegStr HKCU "${LINK}" "URL Protocol" ""
  WriteRegStr HKCU "${LINK}\DefaultIcon" "" "$INSTDIR\setpoint.ico"
  WriteRegStr HKCU "${LINK}\shell\open\command" "" '"$INSTDIR\setpoint.exe" open "%1"'

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Setpoint"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\setpoint.ico"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Setpoint developers"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

; Settings, the activity and the tokens in the Credential Manager stay.
Section "Uninstall"
  Delete "$INSTDIR\setpoint.exe"
  Delete "$INSTDIR\setpoint.ico"
  Delete "$INSTDIR\_setpoint.ps1"
  Delete "$INSTDIR\third-party-licences.txt"
  Delete "$INSTDIR\LICENSE-MIT"
  Delete "$INSTDIR\LICENSE-APACHE"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Setpoint.lnk"
  DeleteRegKey HKCU "${LINK}"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
